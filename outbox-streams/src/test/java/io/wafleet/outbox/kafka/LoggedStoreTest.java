package io.wafleet.outbox.kafka;

import io.wafleet.outbox.core.Key;
import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.Table;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.state.KeyValueStore;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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

    private static List<ThrowingCallable> accessesOf(OutboxStore store) {
        return List.of(() -> store.get(TABLE, Key.FIRST), () -> store.put(TABLE, Key.FIRST, "row"),
                () -> store.delete(TABLE, Key.FIRST), () -> store.scan(TABLE, Key.FIRST, Key.LAST, 1));
    }

    @SuppressWarnings("unchecked")
    private static OutboxStore failing(RuntimeException failure) {
        return new LoggedStore((KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                LoggedStoreTest.class.getClassLoader(), new Class<?>[]{KeyValueStore.class}, (_, _, _) -> {
                    throw failure;
                }));
    }
}
