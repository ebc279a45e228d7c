package io.wafleet.simulator.ledger;

import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.simulator.ledger.Counters.Count;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/** The messages that clients sent, in the order of receipt. Part of {@link Ledger}, on its thread. */
public final class MessageLedger {
    private final Counters counters;
    private final Ring<LedgerMessage> entries;
    private final Map<Said, MessageId> said;

    /** What was said where; its first message is remembered. */
    private record Said(PhoneNumber phone, Chat chat, String hash) {}

    MessageLedger(Counters counters, int max) {
        this.counters = counters;
        entries = new Ring<>(counters, max);
        said = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Said, MessageId> eldest) {
                return size() > max;
            }
        };
    }

    /** Whether this chat was told the same under another id; remembers it for the next time. */
    public boolean saysAgain(PhoneNumber phone, Chat chat, Fingerprint content, MessageId id) {
        MessageId first = said.putIfAbsent(new Said(phone, chat, content.hash()), id);
        return first != null && !first.equals(id);
    }

    /** Adds the entry made for the next sequence number. */
    public void add(LongFunction<LedgerMessage> entry) {
        LedgerMessage message = entries.add(entry);
        counters.add(Count.MESSAGES);
        counters.addIf(message.isShown(), Count.UNIQUE);
        counters.addIf(message.duplicateById(), Count.DUPLICATES_BY_ID);
        counters.addIf(message.duplicateContent(), Count.DUPLICATES_BY_CONTENT);
        counters.addIf(message.undecryptable(), Count.UNDECRYPTABLE);
        counters.addIf(message.nackCode() != null, Count.NACKED);
        counters.addIf(message.ackLost(), Count.ACKS_LOST);
    }

    /** The entries after number {@code since} that pass, at most {@code limit} of them. */
    public LedgerPage<LedgerMessage> after(long since, int limit, Predicate<LedgerMessage> filter) {
        return entries.after(since, limit, filter);
    }

    void clear() {
        entries.clear();
        said.clear();
    }
}
