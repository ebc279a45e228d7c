package io.wafleet.simulator.ledger;

import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.simulator.ledger.Counters.Count;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The messages for accounts. Part of {@link Ledger}, on its thread. */
public final class InboundLedger {
    private final Counters counters;
    private final Ring<Entry> entries;
    private final Map<Key, Entry> waiting = new HashMap<>();

    /** Names one message for one account. */
    private record Key(PhoneNumber phone, MessageId id) {}

    /** An entry while it can still change. */
    private static final class Entry {
        private final long sequence;
        private final PhoneNumber phone;
        private final ServerFrame.Message message;
        private final Fingerprint content;
        private int deliveries;
        private @Nullable Instant receivedAt;
        private @Nullable Long receivedOn;

        Entry(long sequence, PhoneNumber phone, ServerFrame.Message message) {
            this.sequence = sequence;
            this.phone = phone;
            this.message = message;
            this.content = Fingerprint.of(message.content());
        }

        LedgerInbound view() {
            Chat chat = message.chat();
            return new LedgerInbound(sequence, message.at(), phone, chat, message.from(), message.id(),
                    message.fromMe(), content.hash(), content.text(), deliveries, receivedAt, receivedOn,
                    message.content(), message.media());
        }
    }

    InboundLedger(Counters counters, int max) {
        this.counters = counters;
        entries = new Ring<>(counters, max);
    }

    /** WhatsApp took a message for this phone's account. */
    public void accepted(PhoneNumber phone, ServerFrame.Message message) {
        Entry entry = entries.add(n -> new Entry(n, phone, message));
        waiting.put(new Key(phone, message.id()), entry);
        counters.add(Count.INBOUND);
    }

    /** It was put on a connection. */
    public void delivered(PhoneNumber phone, MessageId id) {
        Entry entry = waiting.get(new Key(phone, id));
        if (entry != null) {
            counters.add(Count.INBOUND_DELIVERIES);
            counters.addIf(entry.deliveries > 0, Count.INBOUND_REDELIVERIES);
            entry.deliveries++;
        }
    }

    /** The client has stored it. */
    public void received(Instant at, PhoneNumber phone, MessageId id, long connection, boolean underUsedCounter) {
        Entry entry = waiting.remove(new Key(phone, id));
        if (entry != null) {
            entry.receivedAt = at;
            entry.receivedOn = connection;
            counters.add(Count.INBOUND_RECEIVED);
            counters.addIf(underUsedCounter, Count.INBOUND_UNDER_USED_COUNTER);
        }
    }

    /** The entries after number {@code since} that pass, at most {@code limit} of them. */
    public LedgerPage<LedgerInbound> after(long since, int limit, Predicate<LedgerInbound> filter) {
        LedgerPage<Entry> page = entries.after(since, limit, e -> filter.test(e.view()));
        return new LedgerPage<>(page.items().stream().map(Entry::view).toList(), page.next(), page.more());
    }

    int waiting() {
        return waiting.size();
    }

    void clear() {
        entries.clear();
    }
}
