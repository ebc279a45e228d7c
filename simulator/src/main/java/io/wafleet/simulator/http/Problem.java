package io.wafleet.simulator.http;

import io.wafleet.simulator.whatsapp.Answer;
import org.jspecify.annotations.Nullable;

/** A request that is not carried out: its status, and what the answer's JSON says. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;

    Problem(int status, String code, @Nullable String field, String rule) {
        super(field == null ? rule : field + ": " + rule, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    static Problem invalid(String field, String rule) {
        return new Problem(400, "invalid", field, rule);
    }

    /** The value, or a 4xx that says why there is none. */
    static <T> T orThrow(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T> done -> done.value();
            case Answer.Refused<T> no -> throw switch (no.reason()) {
                case UNKNOWN -> new Problem(404, "unknown", no.field(), no.rule());
                case STALE -> new Problem(410, "stale", no.field(), no.rule());
                case CONFLICT -> new Problem(409, "conflict", no.field(), no.rule());
            };
        };
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    @Nullable
    String field() {
        return field;
    }
}
