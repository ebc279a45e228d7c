package io.wafleet.gateway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;

/** Draws each QR once, however many look at it; forgets it soon, for it is a secret. Thread-safe, blocks while it draws. */
final class QrCodes {
    private static final int MAX = 500;

    private final Cache<String, QrCode> drawn = Caffeine.newBuilder().maximumSize(MAX)
            .expireAfterAccess(Duration.ofMinutes(1)).build();

    QrCode draw(String text) {
        return drawn.get(text, QrCode::of);
    }
}
