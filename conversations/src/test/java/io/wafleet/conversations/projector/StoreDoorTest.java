package io.wafleet.conversations.projector;

import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import io.wafleet.conversations.sqlite.SqliteConversationStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class StoreDoorTest {
    @TempDir
    private Path directory;
    private final AtomicLong nanos = new AtomicLong();

    private Duration failOnce(StoreDoor door) {
        assertThatThrownBy(() -> door.apply(List.of())).isInstanceOf(StoreUnavailableException.class);
        Duration pause = door.untilDue();
        nanos.addAndGet(pause.toNanos());
        assertThat(door.untilDue()).isZero();
        return pause;
    }

    @Test
    void pausesDoubleUpToTheLongestAndBeginAnewWhenItWorks() {
        try (ConversationStore real = SqliteConversationStore.open(directory.resolve("s.db"))) {
            FlakyStore flaky = new FlakyStore(real);
            StoreDoor door = new StoreDoor(flaky::store, Duration.ofMillis(500), nanos::get);
            door.open();
            assertThat(door.isOpen()).isTrue();
            flaky.fail(Reason.BUSY);
            List<Long> pauses = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                pauses.add(failOnce(door).toMillis());
            }
            assertThat(pauses).containsExactly(100L, 200L, 400L, 500L, 500L);
            assertThat(door.isOpen()).isFalse();
            flaky.fail(null);
            door.apply(List.of());
            assertThat(door.isOpen()).isTrue();
            flaky.fail(Reason.DOWN);
            assertThat(failOnce(door)).hasMillis(100);
        }
    }

    @Test
    void whatOnlyAPersonCanMendIsTriedSlowlyFromTheStart() {
        try (ConversationStore real = SqliteConversationStore.open(directory.resolve("s.db"))) {
            FlakyStore flaky = new FlakyStore(real);
            StoreDoor door = new StoreDoor(flaky::store, Duration.ofSeconds(7), nanos::get);
            flaky.fail(Reason.NEWER);
            assertThat(failOnce(door)).hasSeconds(7);
            flaky.fail(null);
            door.apply(List.of());
            assertThat(door.isOpen()).isTrue();
        }
    }

    @Test
    void aStoreThatCannotBeOpenedIsOpenedLater() {
        try (ConversationStore real = SqliteConversationStore.open(directory.resolve("s.db"))) {
            List<ConversationStore> ready = new ArrayList<>();
            StoreDoor door = new StoreDoor(() -> {
                if (ready.isEmpty()) {
                    throw new StoreUnavailableException(Reason.DOWN, "not there", null);
                }
                return ready.getFirst();
            }, Duration.ofSeconds(5), nanos::get);
            assertThatThrownBy(door::open).isInstanceOf(StoreUnavailableException.class);
            assertThat(failOnce(door)).hasMillis(200);
            ready.add(real);
            door.apply(List.of());
            assertThat(door.isOpen()).isTrue();
        }
    }
}
