package io.wafleet.contract;

/**
 * What is known of a medium whose bytes WhatsApp has.
 *
 * @param sizeBytes how many bytes
 * @param sha256 of the bytes, 64 lower-case hex
 */
public record MediaInfo(String mimetype, long sizeBytes, String sha256) {
    public MediaInfo {
        if (sizeBytes < 0 || !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("media must have a size and 64 lower-case hex of SHA-256");
        }
    }
}
