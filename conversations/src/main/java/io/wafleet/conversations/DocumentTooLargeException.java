package io.wafleet.conversations;

/** A document has grown beyond what each store can keep. Adapters find the change that made it so. */
public final class DocumentTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DocumentTooLargeException(int bytes) {
        super("a document of " + bytes + " bytes is too large: at most " + StateCodec.MAX_BYTES);
    }
}
