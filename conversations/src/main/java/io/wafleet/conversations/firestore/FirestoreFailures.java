package io.wafleet.conversations.firestore;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.firestore.FirestoreException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What Firestore's errors mean for those who wait. Firestore's own words are kept out of messages: they name documents, and so phones. */
final class FirestoreFailures {
    private FirestoreFailures() {}

    static StoreUnavailableException of(Throwable failure) {
        Status.Code code = code(failure);
        return switch (code) {
            case ABORTED -> unavailable(Reason.BUSY, "others write to the same documents", failure);
            case RESOURCE_EXHAUSTED -> unavailable(Reason.BUSY, "its quota is used up", failure);
            case UNAVAILABLE, DEADLINE_EXCEEDED -> unavailable(Reason.DOWN, "it does not answer", failure);
            case PERMISSION_DENIED, UNAUTHENTICATED ->
                unavailable(Reason.DOWN, "the credentials may not use it", failure);
            case NOT_FOUND -> unavailable(Reason.DOWN, "the project has no such database", failure);
            case FAILED_PRECONDITION ->
                unavailable(Reason.DOWN, "an index is missing: deploy firestore.indexes.json", failure);
            case OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, ALREADY_EXISTS, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL,
                    DATA_LOSS ->
                unavailable(Reason.DOWN, code.name().toLowerCase(Locale.ROOT), failure);
        };
    }

    static StoreUnavailableException unavailable(Reason reason, String why, @Nullable Throwable cause) {
        return new StoreUnavailableException(reason, "Firestore cannot be used: " + why, cause);
    }

    /** Others were writing: the whole transaction may be tried again at once. */
    static boolean isContention(Throwable failure) {
        Status.Code code = code(failure);
        return code == Status.Code.ABORTED || (code == Status.Code.INVALID_ARGUMENT && saysExpired(failure));
    }

    /** What was to be written can never be. */
    static boolean isRefusal(Throwable failure) {
        return code(failure) == Status.Code.INVALID_ARGUMENT && !saysExpired(failure);
    }

    /** A document is not any more as it was read. */
    static boolean isChanged(Throwable failure) {
        Status.Code code = code(failure);
        return code == Status.Code.FAILED_PRECONDITION || code == Status.Code.NOT_FOUND
                || code == Status.Code.ABORTED;
    }

    /** A transaction that waited for too long is told by the words only. */
    private static boolean saysExpired(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).contains("transaction has expired")) {
                return true;
            }
        }
        return false;
    }

    private static Status.Code code(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            switch (t) {
                case FirestoreException e when e.getStatus() != null -> {
                    return e.getStatus().getCode();
                }
                case ApiException e -> {
                    return Status.Code.valueOf(e.getStatusCode().getCode().name());
                }
                case StatusRuntimeException e -> {
                    return e.getStatus().getCode();
                }
                case StatusException e -> {
                    return e.getStatus().getCode();
                }
                default -> {
                    // what it was caused by may tell
                }
            }
        }
        return Status.Code.UNKNOWN;
    }
}
