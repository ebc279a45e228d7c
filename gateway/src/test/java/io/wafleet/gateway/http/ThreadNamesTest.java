package io.wafleet.gateway.http;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.ThreadId;
import io.wafleet.gateway.request.Recipients;
import io.wafleet.identity.PhoneNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ThreadNamesTest {
    private static final AccountId SHOP = new AccountId("shop__1");
    private final ThreadNames names = new ThreadNames(new Recipients(new PhoneNumbers("RO")::parse));

    @ParameterizedTest
    @CsvSource({"shop__1__40712345678@s.whatsapp.net,shop__1__40712345678@s.whatsapp.net",
        "40712345678@s.whatsapp.net,shop__1__40712345678@s.whatsapp.net",
        "0712 345 678,shop__1__40712345678@s.whatsapp.net", "40712345678@c.us,shop__1__40712345678@s.whatsapp.net",
        "120363025246125016@g.us,shop__1__120363025246125016@g.us", "98765432101234@lid,shop__1__98765432101234@lid"})
    void eachFormNamesOneThread(String written, String id) {
        assertThat(names.meant(SHOP, written)).extracting(ThreadId::text).containsExactly(id);
    }

    @Test
    void whatIsListedCanBeAskedForAlsoWhenItIsNoPossiblePhone() {
        assertThat(names.meant(SHOP, "99912@s.whatsapp.net").getFirst().chat().jid())
                .isEqualTo("99912@s.whatsapp.net");
    }

    @Test
    void anotherAccountsThreadIsRefused() {
        assertThatThrownBy(() -> names.meant(SHOP, "shop__40712345678@s.whatsapp.net")).isInstanceOf(Problem.class)
                .hasMessage("Thread does not belong to account");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "status@broadcast", "shop__1__", "shop__1__x@c.us", "hello"})
    void whatNamesNoThreadIsRefused(String written) {
        assertThatThrownBy(() -> names.meant(SHOP, written)).isInstanceOf(Problem.class)
                .hasMessageContaining("threadId:");
    }
}
