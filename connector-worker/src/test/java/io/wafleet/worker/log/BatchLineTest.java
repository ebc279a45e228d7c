package io.wafleet.worker.log;

import io.wafleet.worker.log.Batch.CommitResult;
import io.wafleet.worker.log.Batch.Kind;
import io.wafleet.worker.ownership.Tenure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class BatchLineTest {
    private static final Tenure STAY = new Tenure(1);

    private final BatchLine line = new BatchLine(Duration.ofMillis(80));
    private long now;
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
        List<Batch> group = take();
        assertThat(group).extracting(Batch::partition).containsExactly(1, 2, 1);
        finish(group, CommitResult.COMMITTED);
        assertThat(results).containsExactly("a COMMITTED", "b COMMITTED", "c COMMITTED");
    }

    @Test
    void takeoverStepsNeverShareATransactionWithWrites() {
        line.add(batch(1, STAY, Kind.CLAIM, "claim"));
        line.add(write(2, "write"));
        assertThat(take()).extracting(Batch::kind).containsExactly(Kind.CLAIM);
        assertThat(take()).extracting(Batch::kind).containsExactly(Kind.WRITE);
    }

    @Test
    void aBatchOfAnotherStayIsDropped() {
        line.add(batch(1, new Tenure(7), Kind.WRITE, "stale"));
        line.add(write(2, "live"));
        assertThat(take()).extracting(Batch::partition).containsExactly(2);
        assertThat(results).containsExactly("stale DROPPED");
    }

    @Test
    void behindAShutDoorNothingMoreIsWrittenButWhatIsUnderWayIsSeen() {
        line.add(write(1, "under way"));
        List<Batch> group = take();
        line.shutDoor(1);
        assertThat(line.isUnderWay(1)).isTrue();
        assertThat(line.isUnderWay(2)).as("holds nothing of it").isFalse();
        finish(group, CommitResult.COMMITTED);
        assertThat(line.isUnderWay(1)).isFalse();
        line.add(write(1, "late"));
        assertThat(take()).isEmpty();
        assertThat(results).containsExactly("under way COMMITTED", "late DROPPED");
    }

    @Test
    void afterARefusalEachPartitionIsTriedAloneAndTheBadOneHoldsNobodyUp() {
        line.add(write(1, "bad"));
        line.add(write(2, "good"));
        refused(take());
        List<Batch> alone = take();
        assertThat(alone).extracting(Batch::partition).containsExactly(1);
        refused(alone);
        List<Batch> other = take();
        assertThat(other).extracting(Batch::partition).containsExactly(2);
        finish(other, CommitResult.COMMITTED);
        assertThat(results).containsExactly("good COMMITTED");
    }

    @Test
    void aRefusedWriteIsRepeatedUnderANewerCapture() {
        line.add(write(1, "parked"));
        line.add(write(1, "behind it"));
        refused(take());
        line.captured();
        List<Batch> again = take();
        finish(again, CommitResult.COMMITTED);
        assertThat(results).containsExactly("parked COMMITTED", "behind it COMMITTED");
    }

    @Test
    void aRefusedWriteIsGivenBackWhenNoNewerCaptureComes() {
        line.add(write(1, "refused"));
        refused(take());
        assertThat(take()).as("still waits").isEmpty();
        now += Duration.ofMillis(81).toNanos();
        assertThat(take()).isEmpty();
        assertThat(results).containsExactly("refused REFUSED");
    }

    @Test
    void whatCanNeverBeWrittenGivesItsPartitionUpAndNoOther() {
        line.add(write(1, "too large"));
        line.add(write(2, "good"));
        line.unwritable(take(), now);
        List<Batch> alone = take();
        assertThat(alone).extracting(Batch::partition).containsExactly(1);
        line.add(write(1, "behind it"));
        line.unwritable(alone, now);
        List<Batch> other = take();
        assertThat(other).extracting(Batch::partition).containsExactly(2);
        finish(other, CommitResult.COMMITTED);
        assertThat(results).as("what is behind it would leave it out")
                .containsExactly("too large REFUSED", "behind it REFUSED", "good COMMITTED");
        line.openDoor(1, new Tenure(2));
        line.add(batch(1, new Tenure(2), Kind.WRITE, "anew"));
        assertThat(take()).extracting(Batch::partition).containsExactly(1);
    }

    @Test
    void aRefusedProofIsAnsweredAtOnce() {
        line.add(batch(1, STAY, Kind.PROOF, "proof"));
        refused(take());
        assertThat(results).containsExactly("proof REFUSED");
    }

    @Test
    void whatWasRolledBackKeepsItsPlace() {
        line.add(write(1, "first"));
        List<Batch> group = take();
        line.add(write(1, "second"));
        line.rolledBack(group);
        finish(take(), CommitResult.COMMITTED);
        assertThat(results).containsExactly("first COMMITTED", "second COMMITTED");
    }

    @Test
    void nothingIsWrittenWhenAllDoorsAreShut() {
        line.add(write(1, "a"));
        line.add(write(2, "b"));
        line.shutAllDoors();
        assertThat(take()).isEmpty();
        assertThat(results).containsExactly("a DROPPED", "b DROPPED");
    }

    private List<Batch> take() {
        BatchLine.Next next = line.next(now);
        next.over().forEach(BatchLine.Settled::tell);
        return next.group();
    }

    private void finish(List<Batch> group, CommitResult result) {
        line.finished(group, result).forEach(BatchLine.Settled::tell);
    }

    private void refused(List<Batch> group) {
        line.refused(group, now).forEach(BatchLine.Settled::tell);
    }

    private Batch write(int partition, String name) {
        return batch(partition, STAY, Kind.WRITE, name);
    }

    private Batch batch(int partition, Tenure tenure, Kind kind, String name) {
        return new Batch(partition, tenure, kind, List.of(), 0, result -> results.add(name + " " + result));
    }
}
