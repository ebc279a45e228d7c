package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** All that is kept of one account, for a person who wants it out. */
public interface AccountRecords {
    /**
     * A document of an export.
     *
     * @param path as in the original's collections, such as {@code threads/<thread>/messages/<message>}
     * @param fields as in {@link DocumentFields}
     */
    record Exported(String path, Map<String, Object> fields) {
        /** Without what it holds. */
        @Override
        public String toString() {
            return "Exported[" + fields.size() + " fields]";
        }
    }

    /**
     * Gives every document of the account, one after the other, but no credentials: also messages that are taken back, with their
     * text, and those not shown.
     *
     * @param sink an exception of its own ends the export
     */
    void export(AccountId account, Consumer<Exported> sink);

    /**
     * Takes all of the account out of the store for good, credentials included. What happened until then stays out, however often it
     * is told again; what happens later is kept. May be repeated, and must be when it failed.
     *
     * @param at now
     * @return how many documents went
     */
    long erase(AccountId account, Instant at);

    /** When the account was erased last; empty: never. */
    Optional<Instant> erasedAt(AccountId account);
}
