package io.wafleet.outbox.kafka;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.outbox.core.Key;
import io.wafleet.outbox.core.MemoryStore;
import io.wafleet.outbox.core.OutboxMachine;
import io.wafleet.outbox.core.OutboxPolicy;
import io.wafleet.outbox.core.OwnerWatch;
import io.wafleet.outbox.core.Table;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The loop's timers, rung by hand. */
class PartitionLoopTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final AccountId ANA = new AccountId("ana");
    private static final Chat CHAT = new Chat("40700000001@s.whatsapp.net");

    private final AtomicLong nanos = new AtomicLong();
    private final MockProcessorContext<Outgoing, byte[]> context = new MockProcessorContext<>(new Properties(),
            new TaskId(0, 0), new File("unused")) {
        @Override
        public void commit() {
            if (broken) {
                broken = false;
                throw new IllegalStateException("Cannot perform operation after producer has been closed");
            }
            super.commit();
        }
    };
    private boolean broken;
    private final MemoryStore store = new MemoryStore();
    private final PartitionLoop loop;

    PartitionLoopTest() {
        context.setCurrentSystemTimeMs(START.toEpochMilli());
        Parts parts = new Parts(new OutboxMachine(OutboxPolicy.standard()), 1,
                new Inbox("t.", new AccountPartitions(1)),
                new Letters("t."), new OwnerWatch(Duration.ofSeconds(5)), LOOK,
                new OutboxMetrics(new SimpleMeterRegistry(), () -> START), nanos::get,
                Commits.ofEachThread(Duration.ofMillis(30), Duration.ofMillis(500), nanos::get),
                Backlog.ofEachThread());
        loop = new PartitionLoop(parts, context, store);
    }

    @Test
    void aClosedLoopRingsNoMore() {
        ask("m1", START.plusSeconds(10));
        List<CapturedPunctuator> timers = context.scheduledPunctuators();
        loop.close();
        context.resetForwards();
        assertThat(timers).isNotEmpty().allMatch(CapturedPunctuator::cancelled);
        pass(Duration.ofSeconds(20));
        timers.forEach(timer -> timer.getPunctuator().punctuate(context.currentSystemTimeMs()));
        assertThat(context.forwarded()).isEmpty();
        assertThat(context.scheduledPunctuators()).hasSameSizeAs(timers);
    }

    @Test
    void aFailureAfterATimersStepWasTakenEndsTheTransaction() {
        ask("m1", START.plusSeconds(2));
        live(Duration.ofSeconds(1));
        pass(LOOK);
        broken = true;
        assertThatThrownBy(this::ring).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTimerThatFallsDueRingsAtOnce() {
        ask("m1", START.plusSeconds(10));
        live(Duration.ofSeconds(9));
        context.resetForwards();
        live(LOOK);
        assertThat(context.forwarded()).hasSize(1);
    }

    /** An outcome may lie in the log that the blocked thread has not read. */
    @Test
    void aTimerThatFellDueWhileTheThreadWasBlockedWaitsUntilTheLogIsRead() {
        ask("m1", START.plusSeconds(10));
        live(Duration.ofSeconds(2));
        context.resetForwards();
        pass(Duration.ofSeconds(60));
        ring();
        assertThat(context.forwarded()).isEmpty();
        live(LOOK);
        assertThat(context.forwarded()).hasSize(1);
    }

    /** Streams keeps the moments that were set: looks and alarms would come an hour late. */
    @Test
    void whatIsSetIsSetAnewWhenTheClockWasSetBack() {
        ask("m1", START.plusSeconds(10));
        live(Duration.ofSeconds(2));
        List<CapturedPunctuator> before = List.copyOf(context.scheduledPunctuators());
        context.setCurrentSystemTimeMs(START.minus(Duration.ofHours(1)).toEpochMilli());
        ask("m2", START.minus(Duration.ofHours(1)).plusSeconds(5));
        assertThat(before).hasSizeGreaterThan(1).allMatch(CapturedPunctuator::cancelled);
        assertThat(context.scheduledPunctuators()).filteredOn(timer -> !timer.cancelled()).as("looks and alarm")
                .hasSize(2);
        context.resetForwards();
        live(Duration.ofSeconds(4));
        assertThat(context.forwarded()).isEmpty();
        live(Duration.ofSeconds(2));
        assertThat(context.forwarded()).as("m2 has expired").hasSize(1);
    }

    @Test
    void theMoreBecomesFinalTheMoreIsSwept() {
        expire("a", 1200);
        pass(Duration.ofDays(31));
        ring();
        int left = rows('f');
        for (int i = 0; i < 20; i++) {
            expire("b" + (i + 10), 100);
        }
        assertThat(left).as("the slow walk has not come far").isGreaterThan(600);
        assertThat(rows('f')).as("only the new ones are left").isEqualTo(2000);
    }

    private void expire(String name, int messages) {
        Instant now = Instant.ofEpochMilli(context.currentSystemTimeMs());
        for (int i = 0; i < messages; i++) {
            ask(name + "-" + (i + 10_000), now.plusMillis(10));
        }
        live(LOOK.multipliedBy(3));
    }

    private int rows(char tag) {
        Table<?> table = Table.all().stream().filter(t -> t.tag() == tag).findFirst().orElseThrow();
        return store.scan(table, Key.FIRST, Key.LAST, Integer.MAX_VALUE).size();
    }

    private void ask(String message, Instant expires) {
        OutboxRequest request = new OutboxRequest.Send(new CommandId("r-" + message), ANA, new MessageId(message), CHAT,
                new Content.Text("hello"), null, null, START, null, expires);
        context.setRecordMetadata("t.outbox", 0, 0);
        loop.process(new Record<>("ana".getBytes(StandardCharsets.UTF_8), JsonCodec.encode(request),
                context.currentSystemTimeMs()));
    }

    /** Time goes by, and all rings that is set. */
    private void live(Duration duration) {
        for (Duration left = duration; left.isPositive(); left = left.minus(LOOK)) {
            pass(LOOK);
            ring();
        }
    }

    private void ring() {
        List.copyOf(context.scheduledPunctuators()).reversed().stream().filter(timer -> !timer.cancelled())
                .forEach(timer -> timer.getPunctuator().punctuate(context.currentSystemTimeMs()));
    }

    /** Time goes by, without anything ringing. */
    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        context.setCurrentSystemTimeMs(context.currentSystemTimeMs() + duration.toMillis());
    }
}
