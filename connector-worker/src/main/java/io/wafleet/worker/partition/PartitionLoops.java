package io.wafleet.worker.partition;

import io.wafleet.contract.Epoch;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.log.CommandFeed;
import io.wafleet.worker.ownership.Tenure;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partition loops of this worker, ACTIVE or suspended. Changed on the ownership loop; dropped and asked from any thread.
 */
final class PartitionLoops {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionLoops.class);

    private record Held(PartitionLoop loop, Epoch epoch, boolean active) {}

    private final PartitionPorts ports;
    private final Map<Integer, Held> held = new ConcurrentHashMap<>();
    private @Nullable CommandFeed feed;

    PartitionLoops(PartitionPorts ports) {
        this.ports = ports;
    }

    void feed(CommandFeed from) {
        feed = from;
    }

    /** Those that act, with their epochs. */
    Map<Integer, Epoch> active() {
        Map<Integer, Epoch> epochs = new HashMap<>();
        held.forEach((partition, one) -> {
            if (one.active()) {
                epochs.put(partition, one.epoch());
            }
        });
        return epochs;
    }

    /**
     * Acts for the partition from here on. What was suspended goes on, when nobody else had the partition in between.
     *
     * @param broken told when the loop's state can be trusted no more
     */
    void activate(int partition, Tenure tenure, Epoch epoch, JournalImage image, Consumer<RuntimeException> broken) {
        Held before = held.get(partition);
        PartitionLoop loop;
        CommandFeed.Sink sink;
        if (before != null && !before.active() && before.epoch().equals(image.epoch())) {
            loop = before.loop();
            sink = loop.resume(tenure, epoch, image);
            ports.metrics().resumptions.increment();
            LOG.info("partition {} goes on under epoch {}, its connections kept", partition, epoch);
        } else {
            if (before != null) {
                before.loop().drop();
            }
            loop = new PartitionLoop(partition, tenure, epoch, ports, broken);
            sink = loop.begin(image);
        }
        held.put(partition, new Held(loop, epoch, true));
        feed().start(partition, image.position(), sink);
    }

    /** Keeps the partition's connections, silent. */
    void suspend(int partition) {
        feed().stop(partition);
        held.computeIfPresent(partition, (_, one) -> {
            one.loop().suspend();
            return new Held(one.loop(), one.epoch(), false);
        });
    }

    /** Gives the partition up in order; done when its release is committed. */
    CompletableFuture<Void> handOver(int partition) {
        Held one = held.get(partition);
        return one == null
                ? CompletableFuture.failedFuture(new IllegalStateException("nothing to hand over"))
                : one.loop().handOver();
    }

    /**
     * Closes the partition's connections and forgets its state.
     *
     * @return whether there was anything
     */
    boolean drop(int partition) {
        if (feed != null) {
            feed.stop(partition);
        }
        Held one = held.remove(partition);
        if (one != null) {
            one.loop().drop();
        }
        return one != null;
    }

    /** Closes the partition's connections at once; what is left of it is dropped later. */
    void dropNow(int partition) {
        Held one = held.get(partition);
        if (one != null) {
            one.loop().drop();
        }
    }

    /** Closes every connection at once. */
    void dropAll() {
        held.values().forEach(one -> one.loop().drop());
    }

    private CommandFeed feed() {
        if (feed == null) {
            throw new IllegalStateException("assignments come only after the feed is given");
        }
        return feed;
    }
}
