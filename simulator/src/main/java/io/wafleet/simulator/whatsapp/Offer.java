package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A client's offer to be linked: the QR it shows now, or the code that a phone can type. */
final class Offer {
    private final String client;
    private final Connection connection;
    private final int refs;
    private int shown;
    private @Nullable String qr;
    private Instant over = Instant.EPOCH;
    private @Nullable String code;
    private @Nullable PhoneNumber codeFor;

    /**
     * @param refs how many QRs it gets
     */
    Offer(String client, Connection connection, int refs) {
        this.client = client;
        this.connection = connection;
        this.refs = refs;
    }

    String client() {
        return client;
    }

    Connection connection() {
        return connection;
    }

    /** How many QRs it has had. */
    int shown() {
        return shown;
    }

    boolean hasMore() {
        return shown < refs;
    }

    /** The next QR takes the place of the last. */
    void show(@Nullable String text, Instant until) {
        shown++;
        qr = text;
        over = until;
    }

    @Nullable
    String qr() {
        return qr;
    }

    Instant over() {
        return over;
    }

    void ask(String newCode, PhoneNumber phone) {
        code = newCode;
        codeFor = phone;
    }

    @Nullable
    String code() {
        return code;
    }

    @Nullable
    PhoneNumber codeFor() {
        return codeFor;
    }
}
