package io.wafleet.worker.connector.simulated;

import io.vertx.core.http.WebSocketFrame;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.simulator.ServerFrame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A message that cannot be understood is taken in all the same; what is no message is noise. */
final class UnknownContentTest {
    private static final String MESSAGE = """
            {"type":"message","id":"3A01","chat":"40712345678@s.whatsapp.net","from":"40712345678@s.whatsapp.net",
             "fromMe":false,"content":%s,"at":"2026-11-22T10:15:30Z"}""";

    private final List<ServerFrame> frames = new ArrayList<>();
    private int noise;
    private final Incoming incoming = new Incoming(new Wire.Ear() {
        @Override
        public void ready() {}

        @Override
        public void frame(ServerFrame frame) {
            frames.add(frame);
        }

        @Override
        public void noise() {
            noise++;
        }

        @Override
        public void ended(int status) {}

        @Override
        public void broken(String why) {}
    });

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type":"poll","question":"when?"} | poll
            {"type":"text","text":""} | text
            {"type":"location","latitude":91,"longitude":0} | location
            {"type":"two words"} | unknown
            {"no":"type"} | unknown
            {"type":7} | 7
            """)
    void isTakenInUnderTheNameOfItsKind(String content, String kind) {
        incoming.take(WebSocketFrame.textFrame(MESSAGE.formatted(content), true));
        assertThat(frames).singleElement().isInstanceOfSatisfying(ServerFrame.Message.class, m -> {
            assertThat(m.id().value()).isEqualTo("3A01");
            assertThat(m.content()).isEqualTo(new InboundContent.Unsupported(kind));
        });
        assertThat(noise).isZero();
    }

    @Test
    void whatIsNoMessageIsNoise() {
        incoming.take(WebSocketFrame.textFrame(MESSAGE.formatted("7"), true));
        incoming.take(WebSocketFrame.textFrame(MESSAGE.formatted("{}").replace("40712345678@", "x@"), true));
        incoming.take(WebSocketFrame.textFrame("{\"type\":\"news\",\"content\":{}}", true));
        incoming.take(WebSocketFrame.textFrame("no JSON", true));
        assertThat(frames).isEmpty();
        assertThat(noise).isEqualTo(4);
    }
}
