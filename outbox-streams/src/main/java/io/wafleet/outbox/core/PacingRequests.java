package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.OutboxRequest.PacingRequest;
import io.wafleet.contract.Pacing;
import io.wafleet.contract.Reply;
import org.jspecify.annotations.Nullable;

/** How fast an account sends, if people want it otherwise than the policy has it. Each request is answered with what counts then. */
final class PacingRequests {
    private final Step step;
    private final Attempts attempts;

    PacingRequests(Step step, Attempts attempts) {
        this.step = step;
        this.attempts = attempts;
    }

    void apply(PacingRequest request) {
        switch (request) {
            case OutboxRequest.SetPacing set -> change(set.account(), set.pacing());
            case OutboxRequest.ClearPacing clear -> change(clear.account(), null);
            case OutboxRequest.TellPacing _ -> {
                // Only the answer.
            }
        }
        AccountRow account = step.account(request.account());
        step.order(new Output.PacingTold(new Reply.PacingReply(request.id(), request.account(), step.now(),
                account.pace(step.policy()), account.pacing() != null)));
    }

    private void change(AccountId id, @Nullable Pacing own) {
        step.save(step.account(id).pacing(own, step.policy(), step.now()));
        attempts.pump(id);
    }
}
