package io.wafleet.cli.load;

import io.wafleet.cli.fleet.LinkedAccounts.Account;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

final class AddresseesTest {
    private final Addressees addressees = new Addressees(List.of(account("a"), account("b"), account("c")));

    private static Account account(String name) {
        return new Account(new AccountId(name), "40712345678");
    }

    private static JsonNode json(String text) {
        return JsonCodec.mapper().readTree(text);
    }

    @Test
    void accountsAreAskedInTurnAndEachWritesToSeveralChatsOfItsOwn() {
        Map<String, Set<String>> chats = new HashMap<>();
        for (int i = 0; i < 3 * 40 * 2; i++) {
            JsonNode request = json(addressees.request(i));
            assertThat(request.path("accountId").asString()).isEqualTo(List.of("a", "b", "c").get(i % 3));
            chats.computeIfAbsent(request.path("accountId").asString(), _ -> new HashSet<>())
                    .add(request.path("to").asString());
        }
        assertThat(chats.values()).allMatch(own -> own.size() == 40);
        Set<String> all = new HashSet<>();
        chats.values().forEach(all::addAll);
        assertThat(all).hasSize(120);
    }

    @Test
    void keyIsPartOfAnItem() {
        JsonNode item = json(addressees.request(5, "bench-5"));
        assertThat(item.path("idempotencyKey").asString()).isEqualTo("bench-5");
        assertThat(item.path("accountId").asString()).isEqualTo("c");
        assertThat(item.path("message").asString()).contains("5");
    }
}
