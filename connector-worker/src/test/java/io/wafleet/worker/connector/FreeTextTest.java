package io.wafleet.worker.connector;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class FreeTextTest {
    private static final String ENDLESS = "x".repeat(2_000_000);
    private static final MessageId ID = new MessageId("m1");
    private static final Chat CHAT = new Chat("40755555555@s.whatsapp.net");

    @Test
    void whatIsShortStaysAsItIs() {
        assertThat(FreeText.cut("not on WhatsApp", 1_000)).isEqualTo("not on WhatsApp");
        assertThat(FreeText.cut("abc", 3)).isEqualTo("abc");
    }

    @Test
    void noHalfOfACharacterIsLeft() {
        assertThat(FreeText.cut("ab\uD83D\uDE00", 3)).isEqualTo("ab");
        assertThat(FreeText.cut("a\uD83D\uDE00b", 3)).isEqualTo("a\uD83D\uDE00");
    }

    @Test
    void whateverWhatsAppSaysFitsIntoARecord() {
        assertThat(new ConnectionListener.SendRefused(ID, true, ENDLESS).reason()).hasSize(1_000);
        assertThat(new ConnectionListener.Closed(401, ENDLESS).reason()).hasSize(1_000);
        assertThat(new ConnectionListener.QrShown(ENDLESS, Duration.ZERO).text()).hasSize(1_000);
        assertThat(new ConnectionListener.PairingCodeShown(ENDLESS).code()).hasSize(200);
        Inbound message = new Inbound(ID, CHAT, CHAT, false, ENDLESS, new Content.Text("hi"),
                new MediaInfo(ENDLESS, 1, "0".repeat(64)), Instant.EPOCH, null, null, ENDLESS, null, false);
        assertThat(message.senderName()).hasSize(200);
        assertThat(message.subject()).hasSize(200);
        assertThat(message.media()).isEqualTo(new MediaInfo("application/octet-stream", 1, "0".repeat(64)));
    }
}
