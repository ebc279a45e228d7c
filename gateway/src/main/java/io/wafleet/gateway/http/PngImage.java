package io.wafleet.gateway.http;

import com.google.zxing.common.BitMatrix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes modules as a PNG of one bit for each pixel; so small a part of PNG that the JDK's desktop module is not worth loading. */
final class PngImage {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte BIT_DEPTH = 1;
    private static final byte GREYSCALE = 0;

    private PngImage() {}

    static byte[] of(BitMatrix modules, int pixelsPerModule) {
        int pixels = modules.getWidth() * pixelsPerModule;
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        // Width, height, depth, colour type; then compression, filter and interlace, all 0.
        chunk(png, "IHDR", ByteBuffer.allocate(13).putInt(pixels).putInt(pixels).put(BIT_DEPTH).put(GREYSCALE).array());
        chunk(png, "IDAT", deflate(rows(modules, pixelsPerModule, pixels)));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    /** Each row: a filter byte (none), then eight pixels a byte, the first in the highest bit; 1 is white. */
    private static byte[] rows(BitMatrix modules, int pixelsPerModule, int pixels) {
        int rowBytes = 1 + (pixels + 7) / 8;
        byte[] rows = new byte[rowBytes * pixels];
        for (int y = 0; y < pixels; y++) {
            byte[] row = new byte[rowBytes];
            Arrays.fill(row, 1, rowBytes, (byte) 0xff);
            for (int x = 0; x < pixels; x++) {
                if (modules.get(x / pixelsPerModule, y / pixelsPerModule)) {
                    row[1 + x / 8] &= (byte) ~(0x80 >> x % 8);
                }
            }
            System.arraycopy(row, 0, rows, y * rowBytes, rowBytes);
        }
        return rows;
    }

    private static byte[] deflate(byte[] rows) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(rows);
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) {
                deflated.write(buffer, 0, deflater.deflate(buffer));
            }
            return deflated.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        png.writeBytes(name);
        png.writeBytes(data);
        png.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
