package io.wafleet.worker.connector.simulated;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Sits between a socket and its WebSocket decoder, and puts a frame that says nothing in place of one that is too big. The decoder
 * itself would collect all of it first, or end the connection. One per socket; on the event loop.
 */
final class BigFrameFilter extends ByteToMessageDecoder {
    /** A real message has at most 64 Ki characters, six times as many bytes when each is escaped. */
    static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /** No JSON holds this character, wherever it stands: not even a message of which this is a fragment can be read. */
    private static final byte NONSENSE = 0;
    private static final int SHORTEST_HEADER = 2;
    private static final int LENGTH_BITS = 0x7F;
    private static final int MASKED_BIT = 0x80;
    private static final int MASK_BYTES = 4;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;

    /** What is left of the payload of the frame at hand. */
    private long toPass;
    private long toSkip;

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (toSkip > 0) {
            int now = (int) Math.min(toSkip, in.readableBytes());
            in.skipBytes(now);
            toSkip -= now;
        } else if (toPass > 0) {
            int now = (int) Math.min(toPass, in.readableBytes());
            out.add(in.readRetainedSlice(now));
            toPass -= now;
        } else if (in.readableBytes() >= SHORTEST_HEADER) {
            header(in, out);
        }
    }

    /** Waits when not all of it is there yet. */
    private void header(ByteBuf in, List<Object> out) {
        int start = in.readerIndex();
        int second = in.getUnsignedByte(start + 1);
        int length = second & LENGTH_BITS;
        int bytes = SHORTEST_HEADER + (length == EIGHT_BYTES_FOLLOW
                ? Long.BYTES
                : length == TWO_BYTES_FOLLOW ? Short.BYTES : 0) + ((second & MASKED_BIT) == 0 ? 0 : MASK_BYTES);
        if (in.readableBytes() < bytes) {
            return;
        }
        long payload = switch (length) {
            case TWO_BYTES_FOLLOW -> in.getUnsignedShort(start + SHORTEST_HEADER);
            case EIGHT_BYTES_FOLLOW -> in.getLong(start + SHORTEST_HEADER);
            default -> length;
        };
        if (payload > MAX_PAYLOAD_BYTES) {
            out.add(Unpooled.wrappedBuffer(new byte[]{in.getByte(start), 1, NONSENSE}));
            in.skipBytes(bytes);
            toSkip = payload;
        } else {
            // Also a negative length, which the decoder refuses.
            out.add(in.readRetainedSlice(bytes));
            toPass = payload;
        }
    }
}
