package io.wafleet.outbox.kafka;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.outbox.core.Input;
import io.wafleet.outbox.core.OutboxStore;
import io.wafleet.outbox.core.Output;
import io.wafleet.outbox.core.OwnerWatch.Verdict;
import io.wafleet.outbox.core.PartitionRow;
import io.wafleet.outbox.core.PartitionRow.Owner;
import io.wafleet.outbox.core.QueueFigures;
import io.wafleet.outbox.core.Sweeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the machine for one partition: feeds it records, timers and its owner's silence, and writes what it orders. Decides
 * nothing itself. On its task's thread.
 *
 * <p>A record that cannot be read, or on which the machine fails, becomes a dead letter, and the stream goes on: the failed step
 * has left nothing behind. A timer on which it fails is put off for a minute. What Kafka or a store throws passes through: it ends
 * the transaction, and Streams repeats the work.
 */
final class PartitionLoop {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionLoop.class);
    private static final int TIMERS_AT_ONCE = 500;
    private static final int SWEPT_ROWS = 500;
    /** Every so many looks at the owner the figures are taken, and rows are swept even when nothing becomes final. */
    private static final int FIGURES_EVERY = 8;
    private static final int SWEEP_EVERY = 40;
    private static final Duration POSTPONED = Duration.ofMinutes(1);
    /** A look that comes so late after its time shows that the thread was blocked. */
    private static final Duration BLOCKED = Duration.ofSeconds(5);
    private static final Duration STEP_BACK = Duration.ofSeconds(1);

    private final Parts parts;
    private final ProcessorContext<Outgoing, byte[]> context;
    private final OutboxStore store;
    private final int partition;
    private final Outbound outbound;
    private final Backlog backlog;
    private final Alarm timers;
    private Cancellable looking;
    private final Sweeper sweeper = new Sweeper();
    private Epoch claim = Epoch.NONE;
    private long claimSeenNanos;
    private int looks;
    private long lookedNanos;
    private @Nullable Owner ownerInFigures;
    private Instant latest;
    private boolean closed;

    PartitionLoop(Parts parts, ProcessorContext<Outgoing, byte[]> context, OutboxStore store) {
        this.parts = parts;
        this.context = context;
        this.store = store;
        this.partition = context.taskId().partition();
        this.outbound = new Outbound(context, partition, parts.letters(), parts.metrics());
        this.backlog = parts.backlog().get();
        this.latest = now();
        this.lookedNanos = parts.nanoTime().getAsLong();
        this.timers = new Alarm(context, this::fireTimers);
        this.looking = scheduleLooks();
        parts.machine().recover(store, now());
        backlog.begun(now());
        armTimers();
    }

    /** Anchored, so that all partitions look in the same moment and share one transaction. */
    private Cancellable scheduleLooks() {
        return context.schedule(Instant.EPOCH, parts.watchEvery(), PunctuationType.WALL_CLOCK_TIME, _ -> look());
    }

    void process(Record<byte[], byte[]> taken) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        Record<byte[], byte[]> record = parts.inbox().asWritten(taken, from);
        noticeStepBack();
        backlog.read(Instant.ofEpochMilli(record.timestamp()), now());
        List<Output> outputs;
        try {
            Input input = parts.inbox().read(record.value(), from);
            outputs = parts.machine().apply(store, input, now());
            parts.metrics().takenIn(input);
        } catch (UnreadableRecordException e) {
            deadLetter(record, from, String.valueOf(e.getMessage()));
            return;
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("a record of {}-{} at {} cannot be processed", from.topic(), from.partition(), from.offset(), e);
            deadLetter(record, from, "cannot be processed: " + e.getClass().getSimpleName());
            return;
        }
        write(outputs);
    }

    /** Its timers end too: Streams keeps them when it revives a task, and they would act on a state that was rolled back. */
    void close() {
        closed = true;
        looking.cancel();
        timers.silence();
        parts.commits().get().left(context);
        parts.metrics().forget(partition);
    }

    private void deadLetter(Record<byte[], byte[]> record, RecordMetadata from, String reason) {
        outbound.deadLetter(record, from, reason);
        worked();
    }

    private void fireTimers() {
        if (closed) {
            return;
        }
        noticeBlock();
        if (!now().isBefore(backlog.readAt())) {
            parts.machine().due(store, now(), TIMERS_AT_ONCE).forEach(this::fire);
        }
        armTimers();
    }

    private void fire(Input.TimerFired timer) {
        List<Output> outputs;
        try {
            outputs = parts.machine().apply(store, timer, now());
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("a timer of partition {} cannot be processed and is put off", partition, e);
            parts.machine().postpone(store, timer, now().plus(POSTPONED));
            worked();
            return;
        }
        write(outputs);
    }

    private void armTimers() {
        parts.machine().nextDue(store)
                .ifPresent(due -> timers.setTo(due.isBefore(backlog.readAt()) ? backlog.readAt() : due));
    }

    /** Streams keeps moments: after the clock was set back, all would stand still until it is where it was before. */
    private void noticeStepBack() {
        Instant now = now();
        if (now.isBefore(latest.minus(STEP_BACK))) {
            LOG.warn("partition {}: the clock was set back by {} s", partition,
                    Duration.between(now, latest).toSeconds());
            looking.cancel();
            looking = scheduleLooks();
            timers.silence();
            backlog.begun(now);
            armTimers();
            latest = now;
        } else if (now.isAfter(latest)) {
            latest = now;
        }
    }

    /** What happened while the thread was blocked lies in the log unread, as after a start. */
    private void noticeBlock() {
        long nowNanos = parts.nanoTime().getAsLong();
        if (nowNanos - lookedNanos > parts.watchEvery().plus(BLOCKED).toNanos()) {
            LOG.debug("partition {}: blocked for {} ms", partition, (nowNanos - lookedNanos) / 1_000_000);
            backlog.begun(now());
            lookedNanos = nowNanos;
        }
    }

    /** Looks after the owner; now and then, and when the owner came or went, after the figures; and after what is old. */
    private void look() {
        if (closed) {
            return;
        }
        noticeBlock();
        lookedNanos = parts.nanoTime().getAsLong();
        PartitionRow row = parts.machine().partition(store);
        if (!row.epoch().equals(claim)) {
            claim = row.epoch();
            claimSeenNanos = parts.nanoTime().getAsLong();
        }
        if (row.owner() != Owner.RELEASED) {
            Verdict verdict = parts.owners().of(partition, claim, claimSeenNanos);
            if (verdict == Verdict.SILENT && row.owner() == Owner.PRESENT) {
                LOG.warn("partition {}: its owner under {} is silent", partition, claim);
                apply(new Input.OwnerSilent(claim));
            } else if (verdict == Verdict.LIVES && row.owner() == Owner.SILENT) {
                apply(new Input.OwnerHeard(claim));
            }
        }
        Owner owner = parts.machine().partition(store).owner();
        if (looks % FIGURES_EVERY == 0 || owner != ownerInFigures) {
            ownerInFigures = owner;
            parts.metrics().waiting(partition, QueueFigures.of(store, now()));
        }
        int rows = Math.max(sweeper.owed(), looks % SWEEP_EVERY == 0 ? SWEPT_ROWS : 0);
        if (rows > 0) {
            sweeper.sweep(store, now(), rows);
            worked();
        }
        looks++;
    }

    private void apply(Input input) {
        write(parts.machine().apply(store, input, now()));
    }

    private void write(List<Output> outputs) {
        outbound.write(outputs, now());
        sweeper.made(outputs);
        armTimers();
        worked();
    }

    private void worked() {
        parts.commits().get().worked(context);
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }
}
