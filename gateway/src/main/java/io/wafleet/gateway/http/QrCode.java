package io.wafleet.gateway.http;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import io.vertx.core.buffer.Buffer;
import java.util.Base64;
import java.util.Map;

/**
 * A QR as it can be shown: one drawing, several formats. The quiet zone is part of it; without one, phones do not find the code.
 *
 * @param svg scalable, for pages
 * @param png for clients that show an image
 */
record QrCode(String svg, Buffer png) {
    private static final int QUIET_ZONE = 4;
    private static final int PIXELS_PER_MODULE = 8;
    private static final Map<EncodeHintType, Object> HINTS = Map.of(EncodeHintType.MARGIN, QUIET_ZONE,
            EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.L);

    /**
     * Draws it; takes a few milliseconds, so not on the event loop.
     *
     * @throws IllegalArgumentException when the text is too long for any QR
     */
    static QrCode of(String text) {
        try {
            BitMatrix modules = new QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, HINTS);
            return new QrCode(svg(modules), Buffer.buffer(PngImage.of(modules, PIXELS_PER_MODULE)));
        } catch (WriterException e) {
            throw new IllegalArgumentException("not drawable as QR", e);
        }
    }

    /** The PNG, for JSON and HTML. */
    String dataUrl() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.getBytes());
    }

    private static String svg(BitMatrix modules) {
        int size = modules.getWidth();
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int run = run(modules, x, y);
                if (run > 0) {
                    path.append('M').append(x).append(' ').append(y).append('h').append(run).append("v1h-").append(run)
                            .append('z');
                    x += run;
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges" role="img" \
                aria-label="QR code to scan with WhatsApp"><path fill="#fff" d="M0 0h%1$dv%1$dH0z"/>\
                <path d="%2$s"/></svg>"""
                .formatted(size, path);
    }

    /** How many dark modules stand side by side from here on. */
    private static int run(BitMatrix modules, int x, int y) {
        int end = x;
        while (end < modules.getWidth() && modules.get(end, y)) {
            end++;
        }
        return end - x;
    }
}
