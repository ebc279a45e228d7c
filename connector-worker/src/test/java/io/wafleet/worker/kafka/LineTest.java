package io.wafleet.worker.kafka;

import io.wafleet.worker.log.Batch;
import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.Batch.Kind;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LineTest {
    private static final Tenure STAY = new Tenure(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Line line = new Line(Duration.ofMillis(80));
    private final List<String> results = new ArrayList<>();

    @BeforeEach
    void opensDoors() {
        line.openDoor(1, STAY);
        line.openDoor(2, STAY);
    }

    @Test
    void whatLiesInLineSharesATransaction() {
        line.add(write(1, "a"));
        line.add(write(2, "b"));
        line.add(write(1, "c"));
        List<Batch> group = line.take();
        assertThat(group).extracting(Batch::partition).containsExactly(1, 2, 1);
        line.finish(group, CommitResult.COMMITTED);
        assertThat(results).containsExactly("a COMMITTED", "b COMMITTED", "c COMMITTED");
    }

    @Test
    void takeoverStepsNeverShareATransactionWithWrites() {
        line.add(batch(1, STAY, Kind.CLAIM, "claim"));
        line.add(write(2, "write"));
        assertThat(line.take()).extracting(Batch::kind).containsExactly(Kind.CLAIM);
        assertThat(line.take()).extracting(Batch::kind).containsExactly(Kind.WRITE);
    }

    @Test
    void aBatchOfAnotherStayIsDropped() {
        line.add(batch(1, new Tenure(7), Kind.WRITE, "stale"));
        line.add(write(2, "live"));
        assertThat(line.take()).extracting(Batch::partition).containsExactly(2);
        assertThat(results).containsExactly("stale DROPPED");
    }

    @Test
    void aShutDoorWaitsForTheTransactionThatHoldsThePartition() throws Exception {
        line.add(write(1, "under way"));
        List<Batch> group = line.take();
        assertThat(line.shutDoor(1, SHORT)).as("still under way").isFalse();
        assertThat(line.shutDoor(2, SHORT)).as("holds nothing of it").isTrue();
        Thread commits = Thread.ofVirtual().start(() -> line.finish(group, CommitResult.COMMITTED));
        assertThat(line.shutDoor(1, Duration.ofSeconds(5))).isTrue();
        commits.join();
        line.add(write(1, "late"));
        assertThat(line.take()).isEmpty();
        assertThat(results).contains("late DROPPED");
    }

    @Test
    void afterARefusalEachPartitionIsTriedAloneAndTheBadOneHoldsNobodyUp() {
        line.add(write(1, "bad"));
        line.add(write(2, "good"));
        line.refused(line.take());
        List<Batch> alone = line.take();
        assertThat(alone).extracting(Batch::partition).containsExactly(1);
        line.refused(alone);
        List<Batch> other = line.take();
        assertThat(other).extracting(Batch::partition).containsExactly(2);
        line.finish(other, CommitResult.COMMITTED);
        assertThat(results).containsExactly("good COMMITTED");
    }

    @Test
    void aRefusedWriteIsRepeatedUnderANewerCapture() {
        line.add(write(1, "parked"));
        line.add(write(1, "behind it"));
        line.refused(line.take());
        line.captured();
        List<Batch> again = line.take();
        line.finish(again, CommitResult.COMMITTED);
        assertThat(results).containsExactly("parked COMMITTED", "behind it COMMITTED");
    }

    @Test
    void aRefusedWriteIsGivenBackWhenNoNewerCaptureComes() {
        line.add(write(1, "refused"));
        line.refused(line.take());
        assertThat(line.take()).isEmpty();
        assertThat(results).containsExactly("refused REFUSED");
    }

    @Test
    void aRefusedProofIsAnsweredAtOnce() {
        line.add(batch(1, STAY, Kind.PROOF, "proof"));
        line.refused(line.take());
        assertThat(results).containsExactly("proof REFUSED");
    }

    @Test
    void whatWasRolledBackKeepsItsPlace() {
        line.add(write(1, "first"));
        List<Batch> group = line.take();
        line.add(write(1, "second"));
        line.again(group);
        line.finish(line.take(), CommitResult.COMMITTED);
        assertThat(results).containsExactly("first COMMITTED", "second COMMITTED");
    }

    @Test
    void nothingIsWrittenWhenAllDoorsAreShut() {
        line.add(write(1, "a"));
        line.add(write(2, "b"));
        line.shutAllDoors();
        assertThat(line.take()).isEmpty();
        assertThat(results).containsExactly("a DROPPED", "b DROPPED");
    }

    private Batch write(int partition, String name) {
        return batch(partition, STAY, Kind.WRITE, name);
    }

    private Batch batch(int partition, Tenure tenure, Kind kind, String name) {
        return new Batch(partition, tenure, kind, List.of(), 0, result -> results.add(name + " " + result));
    }
}
