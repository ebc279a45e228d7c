package io.wafleet.cli.torture;

import io.wafleet.cli.torture.Senders.ChatName;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.ledger.LedgerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class VerdictTest {
    private static final ChatName CHAT = new ChatName("40712300001", "40712300002");

    private final List<LedgerMessage> ledger = new ArrayList<>();

    private void received(String id, boolean isRepeat, boolean isUnreadable) {
        ledger.add(new LedgerMessage(ledger.size() + 1, Instant.EPOCH, new PhoneNumber("+40712300001"), "account", 1,
                new Chat("40712300002@s.whatsapp.net"), new MessageId(id), 1, "", "", isRepeat, false, isUnreadable,
                null, false, new Content.Text("x"), null));
    }

    private List<String> judge(String... accepted) {
        return Verdict.chats(Map.of(CHAT, List.of(accepted)), Verdict.shown(ledger));
    }

    @Test
    void allOnceAndInOrderIsWell() {
        received("A1", false, false);
        received("A1", true, false);
        received("A2", false, false);
        assertThat(judge("A1", "A2")).isEmpty();
    }

    @Test
    void findsWhatNeverCame() {
        received("A1", false, false);
        received("A2", false, true);
        assertThat(judge("A1", "A2")).singleElement().asString().contains("1 of 2").contains("never received")
                .contains("A2");
        assertThat(Verdict.missing(Map.of(CHAT, List.of("A1", "A2")), Verdict.shown(ledger))).isEqualTo(1);
    }

    @Test
    void findsWhatWasNeverAccepted() {
        received("A1", false, false);
        received("A2", false, false);
        assertThat(judge("A1")).singleElement().asString().contains("never accepted").contains("A2");
    }

    @Test
    void findsWhatCameTwiceAsNew() {
        received("A1", false, false);
        received("A1", false, false);
        assertThat(judge("A1")).singleElement().asString().contains("more than once");
    }

    @Test
    void findsTheFirstOutOfOrder() {
        received("A1", false, false);
        received("A3", false, false);
        received("A2", false, false);
        assertThat(judge("A1", "A2", "A3")).singleElement().asString().contains("out of order from message 2");
    }
}
