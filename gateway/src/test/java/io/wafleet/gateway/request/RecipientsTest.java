package io.wafleet.gateway.request;

import io.wafleet.contract.Chat;
import io.wafleet.identity.PhoneNumbers;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class RecipientsTest {
    private final Recipients recipients = new Recipients(new PhoneNumbers("RO")::parse);

    @ParameterizedTest
    @CsvSource({"0712345678,40712345678@s.whatsapp.net", "+40 712-345-678,40712345678@s.whatsapp.net",
        "0040712345678,40712345678@s.whatsapp.net", "40712345678,40712345678@s.whatsapp.net",
        "40712345678@s.whatsapp.net,40712345678@s.whatsapp.net",
        "40712345678:12@s.whatsapp.net,40712345678@s.whatsapp.net", "40712345678@c.us,40712345678@s.whatsapp.net",
        "40712345678@S.WhatsApp.Net,40712345678@s.whatsapp.net", "' 40712345678@c.us ',40712345678@s.whatsapp.net",
        "120363025246125016@g.us,120363025246125016@g.us", "40712345678-1600000000@G.US,40712345678-1600000000@g.us",
        "40712345678_1:12@s.whatsapp.net,40712345678@s.whatsapp.net", "40712345678:0@C.US,40712345678@s.whatsapp.net",
        "5215512345678@s.whatsapp.net,5215512345678@s.whatsapp.net",
        "22990123456@c.us,22990123456@s.whatsapp.net", "123456789012345@LID,123456789012345@lid",
        "123456789012345@lid,123456789012345@lid",
        "123456789012345:3@lid,123456789012345@lid"})
    void givesAChatOneNameInWhateverNotation(String written, String jid) {
        assertThat(recipients.parse(written)).map(Chat::jid).contains(jid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "40712345678;ext=7", "40712\u0000345678", "hello", "0", "12@", "@s.whatsapp.net",
        "40712345678@example.com", "0@s.whatsapp.net",
        "12@s.whatsapp.net", "a@g.us", "40712345678@s.whatsapp.net@g.us", "status@broadcast", "1600000000@broadcast",
        "120363025246125016@newsletter", "40712345678@broadcast",
        "120363025246125016:1@g.us", "40712345678@s.whatsapp.net:1", "4071 2345678@c.us", "40712345678:12:3@c.us",
        "40712345678:x@s.whatsapp.net", "9999999999999999999999@s.whatsapp.net"})
    void refusesWhatIsNobody(String written) {
        assertThat(recipients.parse(written)).isEmpty();
    }

    @Test
    void messageIdsLookLikeWhatsAppsOwn() {
        assertThat(new MessageIds(new Random(1)).next().value()).matches("3EB0[0-9A-F]{18}");
    }
}
