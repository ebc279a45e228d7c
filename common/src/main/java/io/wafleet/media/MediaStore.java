package io.wafleet.media;

import io.wafleet.contract.MediaKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/**
 * Keeps the bytes of media that arrived, each under the hash of its content: what is kept once is never changed, and keeping it again does
 * nothing. Thread-safe, and may be used by several processes at once; every call may wait for a disk or a network.
 *
 * <p>Each call fails with an {@link IOException} when the store cannot be used now (full, not writable, away): nothing was kept then, and
 * the call may be repeated.
 */
public interface MediaStore {
    /** Where bytes come from; opened only once there is a place for them. */
    @FunctionalInterface
    interface Source {
        InputStream open() throws IOException;
    }

    /**
     * What is kept.
     *
     * @param mimetype as it was said when it was first kept
     * @param at where a reader gets the bytes: a {@code file:} of this machine, or an {@code https:} address for whoever asks
     */
    record Kept(String mimetype, long sizeBytes, URI at) {}

    boolean has(MediaKey key) throws IOException;

    /**
     * Keeps what the source brings, to its end; visible to readers whole or not at all.
     *
     * @throws MediaMismatchException when the bytes are not those that the key names; nothing was kept
     * @throws IOException also as the source throws it
     */
    void put(MediaKey key, String mimetype, Source source) throws IOException;

    /** Empty when nothing is kept under the key. */
    Optional<Kept> find(MediaKey key) throws IOException;
}
