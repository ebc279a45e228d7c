package io.wafleet.outbox.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.wafleet.contract.Event;
import io.wafleet.contract.Reply.RequestResult;
import io.wafleet.outbox.core.Input;
import io.wafleet.outbox.core.Output;
import io.wafleet.outbox.core.QueueFigures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Counts what the outbox does. Thread-safe; tags are of fixed sets, never an account. */
final class OutboxMetrics implements AutoCloseable {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<Integer, QueueFigures> waiting = new ConcurrentHashMap<>();
    private final List<Meter> meters = new ArrayList<>();
    private final Counter dispatches;
    private final Counter deadLetters;

    OutboxMetrics(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        dispatches = registry.counter("wafleet.outbox.dispatches");
        deadLetters = registry.counter("wafleet.outbox.dead.letters");
        gauge("wafleet.outbox.queued", f -> f.stream().mapToInt(QueueFigures::queued).sum());
        gauge("wafleet.outbox.queued.longest", f -> f.stream().mapToInt(QueueFigures::longest).max().orElse(0));
        gauge("wafleet.outbox.in.flight", f -> f.stream().mapToInt(QueueFigures::inFlight).sum());
        gauge("wafleet.outbox.oldest.waiting.seconds", this::oldestSeconds);
        gauge("wafleet.outbox.partitions.without.owner", f -> orphans(f).count());
        gauge("wafleet.outbox.messages.waiting.without.owner",
                f -> orphans(f).mapToInt(o -> o.queued() + o.inFlight()).sum());
        gauge("wafleet.outbox.dispatches.without.owner", f -> orphans(f).mapToInt(QueueFigures::inFlight).sum());
    }

    void takenIn(Input input) {
        if (input instanceof Input.Told(Event.DispatchOutcome told)) {
            registry.counter("wafleet.outbox.outcomes", "outcome", word(told.outcome())).increment();
        }
    }

    void ordered(Output output) {
        switch (output) {
            case Output.Dispatch _ -> dispatches.increment();
            case Output.GivenUp _ -> deadLetters.increment();
            case Output.MessageChanged(var status) ->
                registry.counter("wafleet.outbox.messages", "status", status.status().wire()).increment();
            case Output.Answer(var reply) -> {
                registry.counter("wafleet.outbox.answers", "result", word(reply.result())).increment();
                if (reply.result() == RequestResult.REFUSED && reply.code() != null) {
                    registry.counter("wafleet.outbox.refused", "code", reply.code()).increment();
                }
            }
            case Output.AccountChanged _,Output.PacingTold _,Output.ContentAccepted _ -> {
                // Seen on the topic itself; nothing to count.
            }
        }
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void waiting(int partition, QueueFigures figures) {
        waiting.put(partition, figures);
    }

    /** The partition is no longer this process's. */
    void forget(int partition) {
        waiting.remove(partition);
    }

    /** The figures of this outbox end with it: the registry lives as long as the process. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }

    private void gauge(String name, ToDoubleFunction<List<QueueFigures>> value) {
        meters.add(Gauge.builder(name, this, m -> value.applyAsDouble(List.copyOf(m.waiting.values())))
                .register(registry));
    }

    private static Stream<QueueFigures> orphans(List<QueueFigures> figures) {
        return figures.stream().filter(f -> !f.hasOwner());
    }

    private double oldestSeconds(List<QueueFigures> figures) {
        return figures.stream().map(QueueFigures::oldest).filter(Objects::nonNull).min(Instant::compareTo)
                .map(oldest -> Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1000.0)).orElse(0.0);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
