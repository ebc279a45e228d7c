package io.wafleet.outbox.core;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** What a crash leaves. */
final class Crash {
    private Crash() {}

    /**
     * The rows as a crashed instance's successor has them: each that lasts written and read again, the index made anew. That is checked to
     * be what it was; but a head whose timer had not fired yet may be ready already.
     */
    static MemoryStore rebuilt(MemoryStore before, Instant now) {
        MemoryStore after = new MemoryStore();
        Table.all().stream().filter(t -> t.place() != Table.Place.INDEX).forEach(t -> copy(t, before, after));
        WaitingIndex.rebuild(after, now);
        assertThat(all(after, Table.CHATS)).isEqualTo(all(before, Table.CHATS));
        assertThat(all(after, Table.TIMERS)).isEqualTo(all(before, Table.TIMERS));
        List<OutboxStore.Entry<Table.Ref>> ready = new ArrayList<>(all(after, Table.READY));
        assertThat(ready).containsAll(all(before, Table.READY));
        ready.removeAll(all(before, Table.READY));
        assertThat(ready).allSatisfy(e -> assertThat(message(after, e).notBefore()).isBeforeOrEqualTo(now));
        return after;
    }

    private static <V> List<OutboxStore.Entry<V>> all(MemoryStore store, Table<V> table) {
        return store.scan(table, Key.FIRST, Key.LAST, Integer.MAX_VALUE);
    }

    private static MessageRow message(MemoryStore store, OutboxStore.Entry<Table.Ref> ready) {
        MessageId id = Objects.requireNonNull(ready.value().message());
        return Objects.requireNonNull(store.get(Table.MESSAGES, Table.messageKey(ready.value().account(), id)));
    }

    private static <V> void copy(Table<V> table, MemoryStore from, MemoryStore to) {
        all(from, table).forEach(e -> to.put(table,
                Key.ofBytes(e.key().bytes()), JsonCodec.decode(JsonCodec.encode(e.value()), table.type())));
    }
}
