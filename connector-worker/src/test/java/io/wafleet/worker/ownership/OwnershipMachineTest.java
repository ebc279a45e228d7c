package io.wafleet.worker.ownership;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.TransactionalId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OwnershipMachineTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final TransactionalId DEAD = new TransactionalId("wafleet.w1-aa");
    private static final TransactionalId OTHER = new TransactionalId("wafleet.w2-bb");

    private final OwnershipMachine machine = new OwnershipMachine();
    private Ownership now = new Ownership.Absent(Tenure.FIRST);

    @Test
    void takesOverInTheOrderReadProveFenceRestoreClaim() {
        assertThat(on(assigned())).containsExactly(new OwnershipEffect.ReadJournal(tenure()));
        assertThat(on(new OwnershipEvent.JournalRead(tenure(), Set.of(DEAD))))
                .containsExactly(new OwnershipEffect.Prove(tenure()));
        assertThat(on(new OwnershipEvent.Proved(tenure())))
                .containsExactly(new OwnershipEffect.Fence(tenure(), Set.of(DEAD)));
        assertThat(on(new OwnershipEvent.Fenced(tenure()))).containsExactly(new OwnershipEffect.Restore(tenure()));
        Epoch epoch = new Epoch(NOW.getEpochSecond());
        assertThat(on(new OwnershipEvent.Restored(tenure(), NOW, new Epoch(5), Set.of(DEAD))))
                .containsExactly(new OwnershipEffect.Claim(tenure(), epoch, Set.of(DEAD)));
        assertThat(on(new OwnershipEvent.Claimed(tenure())))
                .containsExactly(new OwnershipEffect.Activate(tenure(), epoch));
        assertThat(now).isEqualTo(new Ownership.Active(tenure(), epoch));
    }

    @Test
    void epochGrowsPastTheNewestClaimEvenWhenClocksLagBehind() {
        Epoch future = new Epoch(NOW.getEpochSecond() + 10_000);
        upTo("restoring");
        on(new OwnershipEvent.Restored(tenure(), NOW, future, Set.of()));
        assertThat(((Ownership.Claiming) now).epoch()).isEqualTo(new Epoch(future.value() + 1));
    }

    @Test
    void provesAnewBeforeItFencesAClaimThatCameInBetween() {
        upTo("restoring");
        assertThat(on(new OwnershipEvent.Restored(tenure(), NOW, Epoch.NONE, Set.of(OTHER))))
                .containsExactly(new OwnershipEffect.Prove(tenure()));
        assertThat(on(new OwnershipEvent.Proved(tenure())))
                .containsExactly(new OwnershipEffect.Fence(tenure(), Set.of(OTHER)));
    }

    @Test
    void fencesNobodyWhenTheBrokerRefusesTheProof() {
        upTo("proving");
        List<OwnershipEffect> effects = on(new OwnershipEvent.Refused(tenure(), NOW));
        assertThat(effects).noneMatch(OwnershipEffect.Fence.class::isInstance)
                .anyMatch(OwnershipEffect.RetryAt.class::isInstance);
        assertThat(now).isInstanceOf(Ownership.Paused.class);
    }

    @Test
    void waitsForTheLeaseWhenAssignedWithoutOne() {
        assertThat(on(new OwnershipEvent.Assigned(NOW, false))).isEmpty();
        assertThat(now).isInstanceOf(Ownership.Leaseless.class);
        assertThat(on(new OwnershipEvent.LeaseBack())).containsExactly(new OwnershipEffect.ReadJournal(tenure()));
    }

    @Test
    void dropsEverythingAtOnceWhenTheLeaseIsOverAndTakesOverAnewWhenItIsBack() {
        upTo("active");
        assertThat(on(new OwnershipEvent.LeaseOver())).extracting(OwnershipMachineTest::kind)
                .containsExactly("Drop", "ShutDoor");
        assertThat(on(new OwnershipEvent.LeaseBack())).containsExactly(new OwnershipEffect.ReadJournal(tenure()));
    }

    @Test
    void handsOverBeforeTheRevocationGoesOn() {
        upTo("active");
        List<OwnershipEffect> effects = on(new OwnershipEvent.Revoked());
        assertThat(effects).hasSize(1).first().isInstanceOf(OwnershipEffect.HandOver.class);
        assertThat(on(new OwnershipEvent.Released(tenure()))).containsExactly(new OwnershipEffect.ShutDoor(),
                new OwnershipEffect.LetGo());
        assertThat(now).isInstanceOf(Ownership.Absent.class);
    }

    @Test
    void revokedInTheMiddleOfATakeoverShutsTheDoor() {
        upTo("restoring");
        assertThat(on(new OwnershipEvent.Revoked())).extracting(OwnershipMachineTest::kind).containsExactly("ShutDoor",
                "Drop", "LetGo");
    }

    @Test
    void revokedWhileItClaimsHandsOverWhatItClaimed() {
        upTo("claiming");
        assertThat(on(new OwnershipEvent.Revoked())).isEmpty();
        assertThat(on(new OwnershipEvent.Claimed(tenure()))).extracting(OwnershipMachineTest::kind)
                .containsExactly("Activate", "HandOver");
        assertThat(on(new OwnershipEvent.Released(tenure()))).containsExactly(new OwnershipEffect.ShutDoor(),
                new OwnershipEffect.LetGo());
    }

    @Test
    void revokedWhileItClaimsLetsGoWhenTheClaimFails() {
        upTo("claiming");
        on(new OwnershipEvent.Revoked());
        assertThat(on(new OwnershipEvent.Refused(tenure(), NOW))).extracting(OwnershipMachineTest::kind)
                .containsExactly("Drop", "ShutDoor", "LetGo");
        assertThat(now).isInstanceOf(Ownership.Absent.class);
    }

    @Test
    void aReleaseThatFailsLetsTheRevocationGoOnAllTheSame() {
        upTo("active");
        on(new OwnershipEvent.Revoked());
        assertThat(on(new OwnershipEvent.StepFailed(tenure(), NOW, "timeout"))).extracting(OwnershipMachineTest::kind)
                .containsExactly("Drop", "ShutDoor", "LetGo");
    }

    @Test
    void assignedAgainBeforeTheHandoverEndedLeavesNothingOfTheEarlierStay() {
        upTo("active");
        on(new OwnershipEvent.Revoked());
        assertThat(on(assigned())).extracting(OwnershipMachineTest::kind).containsExactly("Drop", "ReadJournal");
    }

    @Test
    void theResultOfAnEarlierStayChangesNothing() {
        upTo("restoring");
        Tenure earlier = tenure();
        on(new OwnershipEvent.Lost());
        on(assigned());
        Ownership before = now;
        assertThat(on(new OwnershipEvent.Restored(earlier, NOW, Epoch.NONE, Set.of()))).isEmpty();
        assertThat(now).isEqualTo(before);
    }

    @Test
    void keepsItsConnectionsWhileItClaimsAnewUnderANewProducer() {
        upTo("active");
        assertThat(on(new OwnershipEvent.ProducerReplaced())).extracting(OwnershipMachineTest::kind)
                .containsExactly("Suspend", "ReadJournal");
        on(new OwnershipEvent.StepFailed(tenure(), NOW, "no answer"));
        assertThat(now).isInstanceOf(Ownership.Paused.class);
        on(new OwnershipEvent.RetryDue());
        on(new OwnershipEvent.JournalRead(tenure(), Set.of()));
        on(new OwnershipEvent.Proved(tenure()));
        on(new OwnershipEvent.Restored(tenure(), NOW, new Epoch(7), Set.of()));
        assertThat(on(new OwnershipEvent.Claimed(tenure()))).extracting(OwnershipMachineTest::kind)
                .containsExactly("Activate");
    }

    @Test
    void aProducerReplacedInTheMiddleOfATakeoverBeginsItAnew() {
        upTo("claiming");
        Tenure before = tenure();
        assertThat(on(new OwnershipEvent.ProducerReplaced())).extracting(OwnershipMachineTest::kind)
                .containsExactly("ReadJournal");
        assertThat(tenure()).isNotEqualTo(before);
    }

    @Test
    void theLeaseEndsWhatIsSuspended() {
        upTo("active");
        on(new OwnershipEvent.ProducerReplaced());
        assertThat(on(new OwnershipEvent.LeaseOver())).extracting(OwnershipMachineTest::kind)
                .containsExactly("Drop", "ShutDoor");
    }

    @Test
    void aFailedStepIsTriedAgainLaterAndLater() {
        upTo("restoring");
        on(new OwnershipEvent.StepFailed(tenure(), NOW, "no answer"));
        Instant first = ((Ownership.Paused) now).due();
        on(new OwnershipEvent.RetryDue());
        on(new OwnershipEvent.StepFailed(tenure(), NOW, "no answer"));
        assertThat(((Ownership.Paused) now).due()).isAfter(first);
        assertThat(on(new OwnershipEvent.RetryDue())).containsExactly(new OwnershipEffect.ReadJournal(tenure()));
    }

    private void upTo(String state) {
        on(assigned());
        on(new OwnershipEvent.JournalRead(tenure(), Set.of()));
        if (state.equals("proving")) {
            return;
        }
        on(new OwnershipEvent.Proved(tenure()));
        if (state.equals("restoring")) {
            return;
        }
        on(new OwnershipEvent.Restored(tenure(), NOW, Epoch.NONE, Set.of()));
        if (state.equals("claiming")) {
            return;
        }
        on(new OwnershipEvent.Claimed(tenure()));
        assertThat(now).isInstanceOf(Ownership.Active.class);
    }

    private static OwnershipEvent assigned() {
        return new OwnershipEvent.Assigned(NOW, true);
    }

    private List<OwnershipEffect> on(OwnershipEvent event) {
        OwnershipMachine.Step step = machine.apply(now, event);
        now = step.next();
        return step.effects();
    }

    private static String kind(OwnershipEffect effect) {
        return effect.getClass().getSimpleName();
    }

    private Tenure tenure() {
        return now.tenure();
    }
}
