package io.wafleet.worker.simulation;

import io.wafleet.contract.JournalKey;
import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.JournalSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads journals as {@code KafkaJournalSource} does: asks for the ends, then reads on poll by poll, then looks for open claims. */
final class SimulatedJournals implements JournalSource {
    private static final long PATIENCE = 60_000_000_000L;
    private static final long POLL = 5_000_000;
    private static final int PER_POLL = 200;

    private final Host host;
    private final Chance chance;
    private final Broker broker;
    private final Map<Integer, Phase<?>> active = new HashMap<>();
    private final Map<Integer, Long> restored = new HashMap<>();

    SimulatedJournals(Host host, Chance chance, Broker broker) {
        this.host = host;
        this.chance = chance;
        this.broker = broker;
    }

    /** Up to where the newest restored image of a partition is whole. */
    long restored(int partition) {
        return restored.getOrDefault(partition, 0L);
    }

    @Override
    public Reading read(int partition) {
        return new PartitionReading(broker.log(Topic.JOURNAL, partition));
    }

    private final class PartitionReading implements Reading {
        private final PartitionLog log;
        private final JournalImage image = new JournalImage();
        private long next;
        private boolean cancelled;

        PartitionReading(PartitionLog log) {
            this.log = log;
        }

        @Override
        public CompletableFuture<Set<TransactionalId>> settled() {
            Phase<Set<TransactionalId>> phase = new Phase<>(this);
            phase.begin(false, () -> phase.findOpenClaims(claims -> {
                claims.addAll(image.owners());
                phase.done(claims);
            }));
            return phase.result;
        }

        @Override
        public CompletableFuture<JournalImage> toEnd() {
            Phase<JournalImage> phase = new Phase<>(this);
            phase.begin(true, () -> {
                restored.put(log.partition(), phase.target);
                phase.done(image);
            });
            return phase.result;
        }

        @Override
        public long position() {
            return image.position();
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private final class Phase<T> {
        private final PartitionReading reading;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private long end;
        private long target;

        Phase(PartitionReading reading) {
            this.reading = reading;
        }

        void begin(boolean toEnd, Runnable arrived) {
            Phase<?> before = active.put(reading.log.partition(), this);
            if (before != null) {
                before.fail("a newer reading of this journal began");
            }
            // Both ends are asked for at once: whichever the broker tells first.
            int[] open = {2};
            host.after(chance.hop(), () -> {
                ask(reading.log::end, found -> {
                    end = found;
                    bothKnown(open, toEnd, arrived);
                });
                ask(reading.log::lastStable, found -> {
                    target = found;
                    bothKnown(open, toEnd, arrived);
                });
            });
        }

        private void bothKnown(int[] open, boolean toEnd, Runnable arrived) {
            if (--open[0] == 0) {
                target = toEnd ? end : target;
                poll(arrived);
            }
        }

        private <A> void ask(Supplier<@Nullable A> atBroker, java.util.function.Consumer<A> answered) {
            broker.network().call(host, 0, PATIENCE, atBroker, answered, () -> fail("the broker did not answer"));
        }

        private void poll(Runnable arrived) {
            if (result.isDone()) {
                return;
            }
            if (reading.cancelled) {
                fail("cancelled");
                return;
            }
            if (reading.next >= target) {
                arrived.run();
                return;
            }
            ask(this::fetch, fetched -> {
                fetched.records().forEach(r -> reading.image.replay(r.offset, r.key, r.value));
                reading.next = fetched.next();
                host.after(reading.next < target ? chance.millis(0, 1) + (fetched.idle() ? POLL : 0) : 0,
                        () -> poll(arrived));
            });
        }

        /** As of the moment when the broker is asked; a record may be compacted away before or after. */
        private Fetched fetch() {
            long stable = reading.log.lastStable();
            List<Stored> found = reading.log.read(reading.next, stable, PER_POLL);
            long next = found.size() < PER_POLL ? Math.max(stable, reading.next) : found.getLast().offset + 1;
            return new Fetched(found.stream().filter(r -> r.state == Stored.State.COMMITTED).toList(), next,
                    found.isEmpty());
        }

        private void findOpenClaims(java.util.function.Consumer<Set<TransactionalId>> found) {
            if (end <= target) {
                found.accept(new TreeSet<>());
                return;
            }
            ask(() -> {
                Set<TransactionalId> claims = new TreeSet<>();
                for (Stored record : reading.log.read(target, end, Integer.MAX_VALUE)) {
                    if (record.value != null && record.keyText().startsWith("owner/")
                            && JournalKey.parse(record.keyText()) instanceof JournalKey.Owner owner) {
                        claims.add(owner.transactionalId());
                    }
                }
                return claims;
            }, found);
        }

        private void done(T value) {
            active.remove(reading.log.partition(), this);
            result.complete(value);
        }

        private void fail(String why) {
            active.remove(reading.log.partition(), this);
            result.completeExceptionally(new IllegalStateException(why));
        }
    }

    private record Fetched(List<Stored> records, long next, boolean idle) {}
}
