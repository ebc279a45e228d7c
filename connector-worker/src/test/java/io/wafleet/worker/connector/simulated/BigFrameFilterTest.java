package io.wafleet.worker.connector.simulated;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the decoder behind it sees, however the bytes are cut. */
class BigFrameFilterTest {
    private static final int MOST = BigFrameFilter.MAX_PAYLOAD_BYTES;

    private static byte[] bytes(WebSocketFrame... frames) {
        EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
        server.writeOutbound((Object[]) frames);
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = server.readOutbound(); part != null; part = server.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    /** Texts of the frames; the length where the text is long. */
    private static List<String> seen(byte[] bytes, int pieceBytes) {
        EmbeddedChannel client = new EmbeddedChannel(new BigFrameFilter(),
                new WebSocket13FrameDecoder(false, false, MOST));
        for (int from = 0; from < bytes.length; from += pieceBytes) {
            client.writeInbound(Unpooled.copiedBuffer(bytes, from, Math.min(pieceBytes, bytes.length - from)));
        }
        List<String> seen = new ArrayList<>();
        for (WebSocketFrame frame = client.readInbound(); frame != null; frame = client.readInbound()) {
            String text = frame.content().toString(StandardCharsets.UTF_8);
            seen.add(text.length() > 9 ? String.valueOf(text.length()) : text);
            frame.release();
        }
        return seen;
    }

    private static TextWebSocketFrame text(int length) {
        return new TextWebSocketFrame("x".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000, 65_536, 8_388_608})
    void bigFrameIsReplacedAndItsNeighboursAreNot(int pieceBytes) {
        byte[] bytes = bytes(text(1), text(0), text(126), text(65_536), text(MOST), text(MOST + 1), text(2));

        assertThat(seen(bytes, pieceBytes)).containsExactly("x", "", "126", "65536", "" + MOST, "\0", "xx");
    }

    @Test
    void fragmentKeepsItsKind() {
        byte[] bytes = bytes(new TextWebSocketFrame(false, 0, "{"), new ContinuationWebSocketFrame(false, 0,
                " ".repeat(MOST + 1)), new ContinuationWebSocketFrame(true, 0, "}"));

        assertThat(seen(bytes, 4_096)).containsExactly("{", "\0", "}");
    }

    @Test
    void bigFrameIsNotCollected() {
        EmbeddedChannel client = new EmbeddedChannel(new BigFrameFilter(),
                new WebSocket13FrameDecoder(false, false, MOST));
        client.writeInbound(Unpooled.copiedBuffer(new byte[]{(byte) 0x81, 127, 0x7F, -1, -1, -1, -1, -1, -1, -1}));
        WebSocketFrame instead = client.readInbound();
        instead.release();

        for (int i = 0; i < 100; i++) {
            ByteBuf part = Unpooled.copiedBuffer(new byte[65_536]);
            client.writeInbound(part);
            assertThat(part.refCnt()).isZero();
        }

        assertThat(client.<Object>readInbound()).isNull();
    }
}
