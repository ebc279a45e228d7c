package io.wafleet.worker.media;

import io.wafleet.contract.Content;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Uploaded;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Brings media from their address to WhatsApp. Thread-safe; returns at once. */
@FunctionalInterface
public interface MediaSource {
    /** How it went. */
    sealed interface Brought {}

    /** WhatsApp has it. */
    record Here(Uploaded media) implements Brought {}

    /**
     * WhatsApp has it not, and nothing was sent.
     *
     * @param permanent whether it would go the same way each time
     * @param reason for people and programs; never holds the address
     */
    record Failed(boolean permanent, String reason) implements Brought {}

    /**
     * Fetches the bytes within the limits and hands them to the upload. Memory for them is held until that ends.
     *
     * @param upload gives the bytes to WhatsApp
     * @return answered within the time limit, and never exceptionally
     */
    CompletionStage<Brought> bring(Content.Media media, Function<MediaBytes, CompletionStage<Uploaded>> upload);
}
