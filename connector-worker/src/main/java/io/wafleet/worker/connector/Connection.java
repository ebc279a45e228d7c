package io.wafleet.worker.connector;

import java.util.concurrent.CompletionStage;

/**
 * One connection of one account. Called only by the account's partition loop, but for {@link #upload}.
 *
 * <p>Every send and every receipt of a message advances the credentials (the Signal ratchet). The order is always: prepare, store
 * the changes, execute. Preparing does no I/O; executing what was not stored would reuse a key after a crash.
 */
public interface Connection {

    /**
     * Gives WhatsApp the bytes of a medium that a message is about to be sent with; any thread may call it. It fails when the connection
     * ends, or WhatsApp does not take them: the message may be tried again.
     */
    CompletionStage<Uploaded> upload(MediaBytes media);

    /** Encrypts a message. The changes are to be stored before {@link #execute}. */
    Advance prepareSend(Outbound message);

    /** Decrypts a message that the listener was told of. The changes are to be stored before {@link #execute} acks it. */
    Advance prepareReceipt(Inbound message);

    /** Writes what was prepared: the message's bytes, or the ack. On a connection that is closed it does nothing. */
    void execute(Advance prepared);

    /** While pairing: asks for a code to type instead of a QR; told by {@link ConnectionListener.PairingCodeShown}. */
    void requestPairingCode();

    /**
     * Ends the connection; the listener hears nothing more of it. May be called twice.
     *
     * @param logOut also gives the pairing up at WhatsApp, when the connection is open
     */
    void close(boolean logOut);
}
