package io.wafleet.worker.backup;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.worker.connector.Credentials;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class BackupPlanTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START = Long.MAX_VALUE - 5 * SECOND;

    private final BackupPlan plan = new BackupPlan(Duration.ofSeconds(30));
    private long now = START;

    private static Copy copy(String account, int partition, long version) {
        AccountId id = new AccountId(account);
        JournalRecord.AccountState state = new JournalRecord.AccountState(id, new PhoneNumber("+40712345678"), null,
                DesiredState.CONNECTED, AccountStatus.CONNECTED, null, null, false, Instant.EPOCH, Instant.EPOCH, null,
                null, null);
        return new Copy(partition, state, new Credentials(Map.of("k", new Credentials.Part(new byte[]{1}))),
                new BackupStamp(new Epoch(7), version));
    }

    private Optional<Copy> next() {
        return plan.next(now);
    }

    private void later(long seconds) {
        now += seconds * SECOND;
    }

    @Test
    void theFirstCopyWaitsAnIntervalAndAnUrgentOneDoesNot() {
        Copy calm = copy("account_a", 1, 1);
        Copy urgent = copy("account_b", 1, 1);
        plan.take(calm, false, now);
        plan.take(urgent, true, now);
        assertThat(next()).contains(urgent);
        assertThat(next()).isEmpty();
        assertThat(plan.untilDue(now)).hasValue(30 * SECOND);
        later(30);
        assertThat(next()).contains(calm);
    }

    /** The store hangs while the partition is lost and owned again. */
    @Test
    void theEndOfAnAttemptOfAnEarlierStayEndsNoneOfThisOne() {
        Copy earlier = copy("account_a", 1, 1);
        plan.take(earlier, true, now);
        assertThat(next()).contains(earlier);
        plan.lost(1);
        Copy newer = copy("account_a", 1, 2);
        plan.take(newer, true, now);
        assertThat(next()).contains(newer);

        plan.written(earlier, now);
        later(30);
        assertThat(next()).as("it is under way").isEmpty();
        plan.handedOver(1, now);
        plan.failed(earlier, now);
        assertThat(plan.size()).as("its last try is not over").isEqualTo(1);
        plan.written(newer, now);
        assertThat(plan.size()).isZero();
    }

    @Test
    void anAccountRestsForAnIntervalAndThenItsNewestCopyIsWritten() {
        Copy first = copy("account_a", 1, 1);
        plan.take(first, true, now);
        assertThat(next()).contains(first);
        plan.take(copy("account_a", 1, 2), false, now);
        plan.written(first, now);
        Copy newest = copy("account_a", 1, 3);
        plan.take(newest, false, now);
        plan.take(copy("account_a", 1, 2), false, now);
        later(29);
        assertThat(next()).isEmpty();
        later(1);
        assertThat(next()).contains(newest);
        plan.written(newest, now);
        assertThat(plan.size()).isZero();
        later(600);
        assertThat(plan.untilDue(now)).isEmpty();
    }

    @Test
    void anUrgentCopyThatComesWhileAnOlderOneIsWrittenFollowsAtOnce() {
        Copy first = copy("account_a", 1, 1);
        Copy urgent = copy("account_a", 1, 2);
        plan.take(first, true, now);
        assertThat(next()).contains(first);
        plan.take(urgent, true, now);
        assertThat(next()).as("one at a time").isEmpty();
        plan.written(first, now);
        assertThat(next()).contains(urgent);
    }

    @Test
    void aStoreThatFailsIsLeftAloneLongerEachTimeAndTheNewestCopyIsWrittenInTheEnd() {
        plan.take(copy("account_a", 1, 1), true, now);
        for (int pause : new int[]{1, 2, 4, 8, 16, 32, 60, 60}) {
            Copy tried = next().orElseThrow();
            plan.failed(tried, now);
            assertThat(next()).isEmpty();
            assertThat(plan.untilDue(now)).hasValue(pause * SECOND);
            later(pause);
        }
        Copy newest = copy("account_a", 1, 2);
        plan.take(newest, false, now);
        assertThat(plan.oldest(now)).isEqualTo(Duration.ofSeconds(183));
        assertThat(next()).contains(newest);
        plan.written(newest, now);
        assertThat(plan.oldest(now)).isZero();
    }

    @Test
    void whatIsHandedOverIsTriedOnceAtOnceAndThenLeftToTheNextOwner() {
        Copy here = copy("account_a", 1, 1);
        Copy elsewhere = copy("account_b", 2, 1);
        plan.take(here, false, now);
        plan.take(elsewhere, false, now);
        plan.handedOver(1, now);
        plan.lost(1);
        assertThat(next()).contains(here);
        plan.failed(here, now);
        later(1);
        assertThat(next()).isEmpty();
        assertThat(plan.size()).isEqualTo(1);
        plan.lost(2);
        assertThat(plan.size()).isZero();
    }

    @Test
    void aCopyThatIsRefusedIsNotTriedAgain() {
        Copy older = copy("account_a", 1, 1);
        plan.take(older, true, now);
        assertThat(next()).contains(older);
        plan.refused(older, now);
        later(600);
        assertThat(next()).isEmpty();
    }

    @Test
    void aCopyThatAlwaysFailsHoldsNoOtherUp() {
        Copy poison = copy("account_a", 1, 1);
        Copy other = copy("account_b", 1, 1);
        plan.take(poison, true, now);
        plan.take(other, false, now);
        later(30);
        assertThat(next()).contains(poison);
        plan.failed(poison, now);
        later(60);
        assertThat(next()).as("due longer than the one that failed").contains(other);
        assertThat(next()).contains(poison);
        plan.written(other, now);
        plan.failed(poison, now);
        assertThat(plan.untilDue(now)).hasValue(SECOND);
    }

    @Test
    void tellsWhetherThereIsSomethingToDoSooner() {
        assertThat(plan.take(copy("account_a", 1, 1), false, now)).isTrue();
        assertThat(plan.take(copy("account_a", 1, 2), false, now)).as("due as before").isFalse();
        later(1);
        assertThat(plan.take(copy("account_b", 1, 1), false, now)).as("after the first").isFalse();
        assertThat(plan.take(copy("account_b", 1, 2), true, now)).as("urgent now").isTrue();
        Copy newest = copy("account_b", 1, 3);
        plan.take(newest, false, now);
        assertThat(next()).contains(newest);
    }

    @Test
    void anOlderCopyNeverTakesThePlaceOfANewerOne() {
        Copy newer = copy("account_a", 1, 2);
        plan.take(newer, false, now);
        assertThat(plan.take(copy("account_a", 1, 1), true, now)).isFalse();
        later(30);
        assertThat(next()).contains(newer);
    }

    @Test
    void whatIsHandedOverWhileItIsWrittenIsForgottenWhenThatEnds() {
        Copy here = copy("account_a", 1, 1);
        plan.take(here, true, now);
        assertThat(next()).contains(here);
        plan.handedOver(1, now);
        plan.written(here, now);
        assertThat(plan.size()).isZero();
        plan.take(copy("account_a", 1, 2), false, now);
        assertThat(plan.untilDue(now)).as("as of an account that is new here").hasValue(30 * SECOND);
    }
}
