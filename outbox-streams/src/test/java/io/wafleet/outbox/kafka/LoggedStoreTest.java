package io.wafleet.outbox.kafka;

import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.outbox.core.Age;
import io.wafleet.outbox.core.Ageing;
import io.wafleet.outbox.core.Key;
import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.Table;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A store that fails ends the transaction: no record is to blame for it. */
class LoggedStoreTest {
    private static final Table<String> TABLE = new Table<>('x', String.class, Table.Place.KEPT);

    @Test
    void whateverAStoreThrowsEndsTheTransaction() {
        RuntimeException failure = new IllegalStateException("Cannot perform operation after producer has been closed");
        assertThat(accessesOf(failing(failure))).allSatisfy(access -> assertThatThrownBy(access)
                .isInstanceOf(StreamsException.class).hasCause(failure));
    }

    @Test
    void whatKafkaThrowsPassesAsItIs() {
        RuntimeException failure = new ProducerFencedException("fenced");
        assertThat(accessesOf(failing(failure)))
                .allSatisfy(access -> assertThatThrownBy(access).isSameAs(failure));
    }

    /** Another release may have written it: the rows beside it go on, and it stays for a release that can read it. */
    @Test
    void aRowThatCannotBeReadIsPassedOverAndKept() {
        Table<Integer> numbers = new Table<>(TABLE.tag(), Integer.class, Table.Place.KEPT);
        KeyValueStore<Bytes, byte[]> rows = opened();
        new LoggedStore(rows, 1).put(TABLE, key(1), "no number");
        LoggedStore store = new LoggedStore(rows, 1);
        store.put(numbers, key(2), 22);
        store.put(numbers, key(3), 33);
        assertThat(store.scan(numbers, Key.FIRST, Key.LAST, 2)).extracting(OutboxStore.Entry::value)
                .containsExactly(22, 33);
        assertThatThrownBy(() -> store.get(numbers, key(1))).isInstanceOf(UnreadableRecordException.class);
        assertThat(new LoggedStore(rows, 1).get(TABLE, key(1))).isEqualTo("no number");
    }

    private record Lease(String of, @Nullable Instant keptUntil) implements Ageing {}

    @Test
    void agesAreReadOfWhatIsStoredAndOfWhatIsRemembered() {
        Table<Lease> leases = new Table<>('y', Lease.class, Table.Place.KEPT);
        Instant until = Instant.parse("2026-01-01T00:00:00Z");
        KeyValueStore<Bytes, byte[]> rows = opened();
        LoggedStore writer = new LoggedStore(rows, 1);
        writer.put(leases, key(1), new Lease("one", until));
        writer.put(leases, key(2), new Lease("two", null));
        writer.put(leases, key(3), new Lease("three", until));
        assertThat(List.of(writer, new LoggedStore(rows, 1))).allSatisfy(
                store -> assertThat(store.ages(leases, key(1), key(3), 5)).containsExactly(
                        new OutboxStore.Entry<>(key(1), new Age(until)),
                        new OutboxStore.Entry<>(key(2), new Age(null))));
    }

    /** Each receipt asks for its message, which is gone: that costs no look at the disk. */
    @Test
    void whatWasRemovedIsNotLookedFor() {
        KeyValueStore<Bytes, byte[]> rows = opened();
        LoggedStore store = new LoggedStore(rows, 1);
        store.put(TABLE, key(1), "row");
        store.delete(TABLE, key(1));
        rows.put(Bytes.wrap(new byte[]{(byte) TABLE.tag(), 1}), JsonCodec.encode("behind its back"));
        assertThat(store.get(TABLE, key(1))).isNull();
        store.put(TABLE, key(1), "again");
        assertThat(store.get(TABLE, key(1))).isEqualTo("again");
        store.delete(TABLE, key(1));
        assertThat(new LoggedStore(rows, 1).get(TABLE, key(1))).isNull();
    }

    @Test
    void removingWhatIsOldPushesNothingOut() {
        KeyValueStore<Bytes, byte[]> rows = opened();
        new LoggedStore(rows, 1).put(TABLE, key(2), "old");
        LoggedStore store = new LoggedStore(rows, Integer.MAX_VALUE);
        store.put(TABLE, key(1), "in use");
        store.delete(TABLE, key(2));
        rows.put(Bytes.wrap(new byte[]{(byte) TABLE.tag(), 1}), JsonCodec.encode("behind its back"));
        assertThat(store.get(TABLE, key(1))).isEqualTo("in use");
        assertThat(store.get(TABLE, key(2))).isNull();
    }

    @Test
    void remembersNoMoreThanItMay() {
        KeyValueStore<Bytes, byte[]> rows = opened();
        LoggedStore store = new LoggedStore(rows, Integer.MAX_VALUE);
        store.put(TABLE, key(1), "first");
        store.put(TABLE, key(2), "second");
        rows.put(Bytes.wrap(new byte[]{(byte) TABLE.tag(), 1}), JsonCodec.encode("behind its back"));
        assertThat(store.get(TABLE, key(1))).isEqualTo("behind its back");
    }

    private static Key key(int number) {
        return Key.ofBytes(new byte[]{(byte) number});
    }

    private static KeyValueStore<Bytes, byte[]> opened() {
        return TestStores.accounts(Path.of("unused"));
    }

    private static List<ThrowingCallable> accessesOf(OutboxStore store) {
        return List.of(() -> store.get(TABLE, Key.FIRST), () -> store.put(TABLE, Key.FIRST, "row"),
                () -> store.delete(TABLE, Key.FIRST), () -> store.scan(TABLE, Key.FIRST, Key.LAST, 1));
    }

    @SuppressWarnings("unchecked")
    private static OutboxStore failing(RuntimeException failure) {
        return new LoggedStore((KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                LoggedStoreTest.class.getClassLoader(), new Class<?>[]{KeyValueStore.class}, (_, _, _) -> {
                    throw failure;
                }), 1);
    }
}
