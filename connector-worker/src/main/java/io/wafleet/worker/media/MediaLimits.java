package io.wafleet.worker.media;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * How much of itself a worker gives to media that are said by their address.
 *
 * @param timeout from the order to the upload's end, waiting included; with WhatsApp's ack it must end before the outbox gives up
 * @param concurrent how many are fetched at a time, which bounds the memory
 * @param allowPrivate whether addresses that only the worker's own network reaches may be fetched from
 */
public record MediaLimits(int maxBytes, Duration timeout, int maxRedirects, int concurrent, boolean allowPrivate) {
    /** With WhatsApp's ack, it is over before the outbox gives up. */
    public static final Duration MAX_TIMEOUT = Duration.ofSeconds(35);

    public static final Setting<Integer> MAX_BYTES = Setting.integer("media.max.bytes", 16 << 20, 1, 100 << 20,
            "The most bytes that a medium fetched by its address may have.");
    public static final Setting<Duration> TIMEOUT = Setting.duration("media.timeout", "30s", Duration.ofMillis(100),
            MAX_TIMEOUT,
            "How long bringing a medium to WhatsApp may take: waiting its turn, fetching and uploading together.");
    public static final Setting<Integer> MAX_REDIRECTS = Setting.integer("media.max.redirects", 5, 0, 20,
            "How many redirects are followed to a medium; each is checked like the first address.");
    public static final Setting<Integer> CONCURRENT = Setting.integer("media.concurrent", 8, 1, 64,
            "Media that a worker fetches at a time; each takes at most twice the bytes allowed of memory.");
    public static final Setting<Boolean> ALLOW_PRIVATE = Setting.bool("media.allow.private", false,
            "Whether media may be fetched from private, loopback and link-local addresses; whoever may send could then read what they serve.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(MAX_BYTES, TIMEOUT, MAX_REDIRECTS, CONCURRENT,
            ALLOW_PRIVATE);

    public static MediaLimits from(Settings settings) {
        return new MediaLimits(settings.get(MAX_BYTES), settings.get(TIMEOUT), settings.get(MAX_REDIRECTS),
                settings.get(CONCURRENT), settings.get(ALLOW_PRIVATE));
    }
}
