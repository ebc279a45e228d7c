package io.wafleet.worker.keeping;

import java.io.IOException;
import java.io.InputStream;

/** Has the bytes of media that arrived: WhatsApp. Needs no connection of the account. Thread-safe; waits for the network. */
public interface MediaOrigin {
    /**
     * Begins to bring the bytes.
     *
     * @return to be closed; from any thread, which ends a read under way
     * @throws MediaGoneException when it has them no more
     * @throws IOException when it cannot be reached now
     */
    InputStream open(Wanted wanted) throws IOException;
}
