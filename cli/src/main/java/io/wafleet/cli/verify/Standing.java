package io.wafleet.cli.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the gateway says of an account.
 *
 * @param status {@link #UNLISTED} when its list has no such account
 * @param closeCode WhatsApp's, behind the status; null when there is none
 * @param since when the status began, by its owner's clock; null when it is not listed
 * @param owner the worker whose word it is; null when none lives
 */
public record Standing(String status, @Nullable String reason, @Nullable Integer closeCode, boolean requiresQr,
        @Nullable Instant since, @Nullable Instant nextAttemptAt, @Nullable String owner, long epoch) {
    static final String UNLISTED = "unlisted";

    static final Standing NONE = new Standing(UNLISTED, null, null, false, null, null, null, 0);

    static Standing of(JsonNode account) {
        String reason = account.path("reason").asString("");
        String owner = account.path("owner").asString("");
        return new Standing(account.path("status").asString(""), reason.isEmpty() ? null : reason,
                account.path("closeCode").isNumber() ? account.path("closeCode").asInt() : null,
                account.path("requiresQR").asBoolean(false), time(account.path("since")),
                time(account.path("nextAttemptAt")),
                owner.isEmpty() ? null : owner, account.path("epoch").asLong(0));
    }

    private static @Nullable Instant time(JsonNode text) {
        return text.asString("").isEmpty() ? null : Instant.parse(text.asString());
    }

    /** Whether this is the status, for this reason; null: whatever the reason. */
    public boolean is(String wanted, @Nullable String why) {
        return status.equals(wanted) && (why == null || why.equals(reason));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(status);
        if (reason != null) {
            text.append(" (").append(reason).append(closeCode == null ? "" : ", " + closeCode).append(')');
        }
        if (requiresQr) {
            text.append(", requiresQR");
        }
        if (nextAttemptAt != null) {
            text.append(", next attempt at ").append(nextAttemptAt);
        }
        return text.append(owner == null ? ", no owner" : ", by " + owner).append(", epoch ").append(epoch).toString();
    }
}
