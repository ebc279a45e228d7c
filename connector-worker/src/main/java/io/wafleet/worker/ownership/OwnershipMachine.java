package io.wafleet.worker.ownership;

import io.wafleet.contract.Epoch;
import io.wafleet.contract.TransactionalId;
import io.wafleet.worker.ownership.Ownership.Absent;
import io.wafleet.worker.ownership.Ownership.Active;
import io.wafleet.worker.ownership.Ownership.Claiming;
import io.wafleet.worker.ownership.Ownership.Fencing;
import io.wafleet.worker.ownership.Ownership.Leaseless;
import io.wafleet.worker.ownership.Ownership.Paused;
import io.wafleet.worker.ownership.Ownership.Proving;
import io.wafleet.worker.ownership.Ownership.Reading;
import io.wafleet.worker.ownership.Ownership.Releasing;
import io.wafleet.worker.ownership.Ownership.Restoring;
import io.wafleet.worker.ownership.Ownership.Yielding;
import io.wafleet.worker.ownership.OwnershipEvent.StepResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takeover, handover and loss of one partition. Pure: {@code OwnershipLoop} feeds it and does what it orders.
 *
 * <ol>
 *   <li>Assigned. Without a lease it waits for one.
 *   <li>Read the journal for those who may still write; then prove: the broker accepts the journal's position from us. Refused:
 *       not the owner; it asks again after a pause, until a callback says whose it is.
 *   <li>Fence them. Failed: the takeover begins anew after a pause.
 *   <li>Restore the journal to its end. A claim that came in between is fenced too, after another proof. Failed: as above.
 *   <li>Claim. Refused: as above. Failed: as above, and the next attempt fences what this one may have left.
 *   <li>ACTIVE.
 * </ol>
 *
 * <p>Lost at any time: the partition's state is forgotten at once. Revoked when ACTIVE: handed over; revoked while claiming: handed
 * over as soon as it is claimed, for a claim without a release would have the next owner fence this worker and all that it
 * owns; revoked before: the writer's door is shut, and what waits there can no longer be committed.
 *
 * <p>The producer replaced when ACTIVE is not yet a loss: the connections stay, silent, while the partition is claimed again, for
 * as long as the lease lasts.
 */
public final class OwnershipMachine {
    private static final Duration MIN_PAUSE = Duration.ofMillis(100);
    private static final int MAX_DOUBLINGS = 5;

    /** What an event makes of a partition's ownership. */
    public record Step(Ownership next, List<OwnershipEffect> effects) {
        static Step to(Ownership next, OwnershipEffect... effects) {
            return new Step(next, List.of(effects));
        }
    }

    public Step apply(Ownership before, OwnershipEvent event) {
        if (event instanceof StepResult result) {
            return result.tenure().equals(before.tenure()) ? stepDone(before, result) : Step.to(before);
        }
        return switch (event) {
            case OwnershipEvent.Assigned(_, boolean leased) -> assigned(before, leased);
            case OwnershipEvent.Revoked _ -> revoked(before);
            case OwnershipEvent.Lost _ -> lost(before, new Absent(before.tenure()));
            case OwnershipEvent.LeaseOver _ -> leaseOver(before);
            case OwnershipEvent.LeaseBack _ ->
                before instanceof Leaseless ? begin(before.tenure(), 0) : Step.to(before);
            case OwnershipEvent.ProducerReplaced _ -> producerReplaced(before);
            case OwnershipEvent.RetryDue _ ->
                before instanceof Paused paused ? begin(before.tenure(), paused.failures()) : Step.to(before);
            case StepResult _ -> throw new AssertionError("handled above");
        };
    }

    /** Nothing is left of an earlier stay: what it was still about to give up was given up without it. */
    private static Step assigned(Ownership before, boolean leased) {
        Step step = leased ? begin(before.tenure(), 0) : Step.to(new Leaseless(before.tenure().next()));
        if (before instanceof Absent) {
            return step;
        }
        List<OwnershipEffect> effects = new ArrayList<>(List.of(new OwnershipEffect.Drop(before.tenure())));
        effects.addAll(step.effects());
        return new Step(step.next(), List.copyOf(effects));
    }

    private static Step begin(Tenure before, int failures) {
        Tenure tenure = before.next();
        return Step.to(new Reading(tenure, failures), new OwnershipEffect.ReadJournal(tenure));
    }

    private static Step stepDone(Ownership before, StepResult result) {
        Tenure tenure = before.tenure();
        return switch (result) {
            case OwnershipEvent.JournalRead(_, var former) when before instanceof Reading r ->
                Step.to(new Proving(tenure, former, r.failures()), new OwnershipEffect.Prove(tenure));
            case OwnershipEvent.Proved _ when before instanceof Proving p -> fence(tenure, p.former(), p.failures());
            case OwnershipEvent.Fenced _ when before instanceof Fencing f ->
                Step.to(new Restoring(tenure, f.former(), f.failures()), new OwnershipEffect.Restore(tenure));
            case OwnershipEvent.Restored restored when before instanceof Restoring r -> restored(restored, r);
            case OwnershipEvent.Claimed _ when before instanceof Claiming c ->
                Step.to(new Active(tenure, c.epoch()), new OwnershipEffect.Activate(tenure, c.epoch()));
            case OwnershipEvent.Claimed _ when before instanceof Yielding(_, Epoch epoch) ->
                Step.to(new Releasing(tenure, epoch), new OwnershipEffect.Activate(tenure, epoch),
                        new OwnershipEffect.HandOver(tenure, epoch));
            case OwnershipEvent.Refused(_, Instant at) -> failed(before, "the broker calls another the owner", at);
            case OwnershipEvent.StepFailed(_, Instant at, String reason) -> failed(before, reason, at);
            case OwnershipEvent.Released _ when before instanceof Releasing ->
                Step.to(new Absent(tenure), new OwnershipEffect.ShutDoor(), new OwnershipEffect.LetGo());
            case OwnershipEvent.Proved _,OwnershipEvent.JournalRead _,OwnershipEvent.Fenced _ -> Step.to(before);
            case OwnershipEvent.Restored _,OwnershipEvent.Claimed _,OwnershipEvent.Released _ -> Step.to(before);
        };
    }

    private static Step fence(Tenure tenure, Set<TransactionalId> former, int failures) {
        return former.isEmpty()
                ? Step.to(new Restoring(tenure, former, failures), new OwnershipEffect.Restore(tenure))
                : Step.to(new Fencing(tenure, former, failures), new OwnershipEffect.Fence(tenure, former));
    }

    /**
     * A claim that came in between has to be fenced as well, before ours can stand; but it may be the rightful owner's, if this process
     * slept since its proof.
     */
    private static Step restored(OwnershipEvent.Restored restored, Restoring r) {
        if (!r.former().containsAll(restored.claimants())) {
            Set<TransactionalId> all = new HashSet<>(r.former());
            all.addAll(restored.claimants());
            return Step.to(new Proving(r.tenure(), all, r.failures()), new OwnershipEffect.Prove(r.tenure()));
        }
        Epoch epoch = restored.previous().next(restored.at());
        return Step.to(new Claiming(r.tenure(), epoch, r.failures()),
                new OwnershipEffect.Claim(r.tenure(), epoch, r.former()));
    }

    /** Whether it is another's or a step failed: begin anew after a pause. If it is another's, a callback ends that. */
    private static Step failed(Ownership before, String reason, Instant at) {
        Tenure tenure = before.tenure();
        return switch (before) {
            case Reading r -> pause(tenure, reason, r.failures(), at, new OwnershipEffect.GiveUp(tenure));
            case Proving p -> pause(tenure, reason, p.failures(), at, new OwnershipEffect.GiveUp(tenure));
            case Fencing f -> pause(tenure, reason, f.failures(), at, new OwnershipEffect.GiveUp(tenure));
            case Restoring r -> pause(tenure, reason, r.failures(), at, new OwnershipEffect.GiveUp(tenure));
            case Claiming c -> pause(tenure, reason, c.failures(), at, new OwnershipEffect.GiveUp(tenure));
            case Active _ -> pause(tenure, reason, 0, at, new OwnershipEffect.Drop(tenure));
            case Yielding _,Releasing _ -> Step.to(new Absent(tenure), new OwnershipEffect.Drop(tenure),
                    new OwnershipEffect.ShutDoor(), new OwnershipEffect.LetGo());
            case Absent _,Leaseless _,Paused _ -> Step.to(before);
        };
    }

    private static Step pause(Tenure tenure, String reason, int failures, Instant at, OwnershipEffect end) {
        Instant due = at.plus(MIN_PAUSE.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS)));
        return Step.to(new Paused(tenure, reason, failures + 1, due), end, new OwnershipEffect.ShutDoor(),
                new OwnershipEffect.RetryAt(due));
    }

    private static Step revoked(Ownership before) {
        return switch (before) {
            case Active a ->
                Step.to(new Releasing(a.tenure(), a.epoch()), new OwnershipEffect.HandOver(a.tenure(), a.epoch()));
            case Claiming c -> Step.to(new Yielding(c.tenure(), c.epoch()));
            case Yielding _,Releasing _ -> Step.to(before);
            case Absent _,Leaseless _,Paused _,Proving _,Reading _,Fencing _,Restoring _ ->
                Step.to(new Absent(before.tenure()), new OwnershipEffect.ShutDoor(),
                        new OwnershipEffect.Drop(before.tenure()), new OwnershipEffect.LetGo());
        };
    }

    private static Step lost(Ownership before, Ownership next) {
        return switch (before) {
            case Absent _ -> Step.to(next);
            case Yielding _,Releasing _ -> Step.to(next, new OwnershipEffect.Drop(before.tenure()),
                    new OwnershipEffect.ShutDoor(), new OwnershipEffect.LetGo());
            case Leaseless _,Paused _,Proving _,Reading _,Fencing _,Restoring _,Claiming _,Active _ ->
                Step.to(next, new OwnershipEffect.Drop(before.tenure()), new OwnershipEffect.ShutDoor());
        };
    }

    private static Step leaseOver(Ownership before) {
        return switch (before) {
            case Absent _,Leaseless _ -> Step.to(before);
            case Yielding _,Releasing _ -> lost(before, new Absent(before.tenure()));
            case Paused _,Proving _,Reading _,Fencing _,Restoring _,Claiming _,Active _ ->
                lost(before, new Leaseless(before.tenure().next()));
        };
    }

    private static Step producerReplaced(Ownership before) {
        return switch (before) {
            case Absent _,Leaseless _,Paused _ -> Step.to(before);
            case Yielding _,Releasing _ -> lost(before, new Absent(before.tenure()));
            case Reading _,Proving _,Fencing _,Restoring _,Claiming _ -> begin(before.tenure(), 0);
            case Active(Tenure tenure, _) -> {
                Step again = begin(tenure, 0);
                yield Step.to(again.next(), new OwnershipEffect.Suspend(tenure), again.effects().getFirst());
            }
        };
    }
}
