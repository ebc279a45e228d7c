package io.wafleet.worker.keeping;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.MediaKey;
import io.wafleet.media.MediaSettings;
import io.wafleet.media.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class MediaKeeperTest {
    private static final Wanted PICTURE = BacklogTest.wanted("a");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final Store store = new Store();
    private final List<MediaKey> asked = new CopyOnWriteArrayList<>();
    private MediaOrigin origin = _ -> new ByteArrayInputStream(new byte[5]);
    private final MediaKeeper keeper = new MediaKeeper(
            new KeepingSettings(new MediaSettings(Optional.empty()), 10, Duration.ofMillis(200), 2), store, wanted -> {
                asked.add(wanted.key());
                return origin.open(wanted);
            }, nanos::get, metrics);

    /** Keeps what is brought, unless it is told to fail. */
    private static final class Store implements MediaStore {
        private final Set<MediaKey> kept = ConcurrentHashMap.newKeySet();
        private volatile boolean full;

        @Override
        public boolean has(MediaKey key) {
            return kept.contains(key);
        }

        @Override
        public void put(MediaKey key, String mimetype, Source source) throws IOException {
            if (full) {
                throw new IOException("no space left");
            }
            try (InputStream in = source.open()) {
                in.readAllBytes();
            }
            kept.add(key);
        }

        @Override
        public Optional<Kept> find(MediaKey key) {
            return Optional.empty();
        }
    }

    @AfterEach
    void closes() {
        keeper.close();
    }

    private double count(String outcome) {
        return metrics.counter("wafleet.worker.media.keep", "outcome", outcome).count();
    }

    private void awaitCount(String outcome, int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            keeper.turn();
            return count(outcome) >= count;
        });
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void bringsAMediumAndIsDoneWithItsEvent() {
        keeper.read(0, 7, PICTURE);
        awaitCount("kept", 1);
        assertThat(keeper.moved()).isEqualTo(Map.of(0, 8L));
        keeper.read(0, 8, PICTURE);
        awaitCount("already", 1);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aFullStoreIsTriedUntilItWorksAndNothingIsFetchedForIt() {
        store.full = true;
        keeper.read(0, 7, PICTURE);
        for (int attempt = 1; attempt <= 20; attempt++) {
            awaitCount("store_failed", attempt);
            pass(Duration.ofSeconds(30));
        }
        assertThat(asked).isEmpty();
        assertThat(keeper.moved()).isEqualTo(Map.of(0, 7L));
        store.full = false;
        awaitCount("kept", 1);
        assertThat(keeper.moved()).isEqualTo(Map.of(0, 8L));
    }

    @Test
    void whatWhatsAppFailsToBringIsGivenUpAfterTenAttempts() {
        origin = _ -> {
            throw new IOException("unreachable");
        };
        keeper.read(0, 7, PICTURE);
        for (int attempt = 1; attempt <= 10; attempt++) {
            awaitCount("origin_failed", attempt);
            pass(Duration.ofMinutes(5));
        }
        assertThat(metrics.counter("wafleet.worker.media.keep.given.up").count()).isEqualTo(1);
        assertThat(keeper.moved()).isEqualTo(Map.of(0, 8L));
    }

    @Test
    void whatIsGoneOrTooLargeIsGivenUpAtOnce() {
        origin = wanted -> {
            if (wanted.equals(PICTURE)) {
                throw new MediaGoneException("gone");
            }
            return new ByteArrayInputStream(new byte[11]);
        };
        keeper.read(0, 7, PICTURE);
        keeper.read(0, 8, BacklogTest.wanted("b"));
        awaitCount("gone", 2);
        assertThat(keeper.moved()).isEqualTo(Map.of(0, 9L));
        assertThat(store.kept).isEmpty();
    }

    @Test
    void whatIsTooSlowIsEndedAndDelaysNobody() {
        CountDownLatch closed = new CountDownLatch(1);
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("closed");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        origin = wanted -> wanted.equals(PICTURE) ? silent : new ByteArrayInputStream(new byte[5]);
        keeper.read(0, 7, PICTURE);
        keeper.read(0, 8, BacklogTest.wanted("b"));
        awaitCount("kept", 1);
        awaitCount("origin_failed", 1);
    }
}
