package io.wafleet.conversations;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

/** Several at once: a projector that does not know yet that it was replaced, and readers. */
public abstract class ConcurrencyContract extends StoreContract {
    private static final int WRITERS = 3;
    private static final int BATCHES = 4;
    private static final int SIZE = 10;

    @Test
    void writersOfOneThreadLoseNothing() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            Future<?> reader = threads.submit(() -> readUntil(done));
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                int writer = w;
                writers.add(threads.submit(() -> write(writer)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            done.set(true);
            reader.get();
        }
        int all = WRITERS * BATCHES * SIZE;
        assertThat(store().messages(a.thread(PHONE), PageRequest.first(500)).items()).hasSize(all);
        assertThat(thread(PHONE).unread()).hasSize(Math.min(all, StoredThread.MAX_UNREAD));
        assertThat(thread(PHONE).last()).isNotNull().satisfies(l -> assertThat(l.preview()).isEqualTo("last"));
    }

    private void write(int writer) {
        for (int b = 0; b < BATCHES; b++) {
            List<Change> batch = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                long at = (long) b * SIZE + i;
                boolean isLast = writer == 0 && b == BATCHES - 1 && i == SIZE - 1;
                batch.add(a.text(PHONE, "W" + writer + "x" + at, isLast ? 999 : at, isLast ? "last" : "text"));
            }
            store().apply(batch);
        }
    }

    /** Whether a page is always of one moment, so that a batch is seen whole or not at all. */
    protected boolean pagesAreOfOneMoment() {
        return true;
    }

    /** What was seen once stays. */
    private void readUntil(AtomicBoolean done) {
        int before = 0;
        while (!done.get()) {
            int seen = store().messages(a.thread(PHONE), PageRequest.first(500)).items().size();
            assertThat(seen).isGreaterThanOrEqualTo(before);
            if (pagesAreOfOneMoment()) {
                assertThat(seen % SIZE).isZero();
            }
            before = seen;
        }
    }
}
