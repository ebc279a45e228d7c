package io.wafleet.gateway.desk;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Topic;
import io.wafleet.contract.Versioned;
import java.util.concurrent.CompletionStage;

/** Writes orders for an account where the fleet reads them; never blocks the caller. */
public interface Publisher {
    /** What became of a record. */
    enum Publication {
        /** It is kept: every in-sync replica has it. */
        CONFIRMED,
        /** It never left this process. */
        NOT_WRITTEN,
        /** It is larger than Kafka takes, and was refused. */
        TOO_LARGE,
        /** No confirmation came in time: it may be there, or come to be there. */
        UNCONFIRMED;

        /** Whether nobody will ever read it. */
        boolean isRefused() {
            return this == NOT_WRITTEN || this == TOO_LARGE;
        }
    }

    /** Completes with what became of it, never exceptionally, within a bound of the publisher's own. */
    CompletionStage<Publication> publish(Topic topic, AccountId account, Versioned record);
}
