package io.wafleet.simulator.http;

import io.wafleet.simulator.whatsapp.Fault;
import io.wafleet.simulator.whatsapp.Scope;
import io.wafleet.simulator.whatsapp.StandingFault;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault as the control API writes it, in both directions.
 *
 * @param id of a standing fault, to lift it; absent in orders
 * @param kind close, drop, deaf, refuse-logins, delay-acks, lose-acks, nack, lose-received, redeliver or few-qrs
 * @param of phones and account ids; absent: everybody
 * @param code for close, refuse-logins and nack: 100 to 999
 * @param reason goes with the code
 * @param delayMs for delay-acks
 * @param refs for few-qrs
 * @param hears for deaf: whether what the client says is still taken in
 * @param next how often a standing fault happens; absent: until it is lifted
 * @param probability of a standing fault, each time it could happen; absent: 1
 */
record FaultOrder(@Nullable String id, String kind, @Nullable List<String> of, @Nullable Integer code,
        @Nullable String reason, @Nullable Long delayMs, @Nullable Integer refs, @Nullable Boolean hears,
        @Nullable Long next, @Nullable Double probability) {
    private static final int MIN_CODE = 100;
    private static final int MAX_CODE = 999;
    private static final long MAX_DELAY_MS = 600_000;
    private static final int MAX_REFS = 1_000;
    private static final String KINDS = "close, drop, deaf, refuse-logins, delay-acks, lose-acks, nack, lose-received, "
            + "redeliver or few-qrs";

    Fault fault() {
        return switch (kind) {
            case "close" -> new Fault.Close(checkedCode(), text("closed by the control API"));
            case "drop" -> new Fault.Drop();
            case "deaf" -> new Fault.Deaf(hears != null && hears);
            case "refuse-logins" -> new Fault.RefuseLogins(checkedCode(), text("refused by the control API"));
            case "delay-acks" ->
                new Fault.DelayAcks(Duration.ofMillis(within("delayMs", delayMs, 0, MAX_DELAY_MS)));
            case "lose-acks" -> new Fault.LoseAcks();
            case "nack" -> new Fault.Nack(checkedCode(), text("refused by the control API"));
            case "lose-received" -> new Fault.LoseReceived();
            case "redeliver" -> new Fault.Redeliver();
            case "few-qrs" ->
                new Fault.FewQrs((int) within("refs", refs == null ? null : (long) refs, 0, MAX_REFS));
            default -> throw Problem.invalid("kind", "must be " + KINDS);
        };
    }

    Scope scope() {
        Set<String> who = new LinkedHashSet<>();
        for (String one : of == null ? List.<String>of() : of) {
            who.add(Requests.looksLikePhone(one) ? Requests.phone("of", one).e164() : one);
        }
        if (of != null && who.isEmpty()) {
            throw Problem.invalid("of", "must name somebody, or be left out for everybody");
        }
        return new Scope(who);
    }

    long times() {
        return next == null ? StandingFault.UNLIMITED : within("next", next, 1, Integer.MAX_VALUE);
    }

    double chance() {
        if (probability != null && !(probability > 0 && probability <= 1)) {
            throw Problem.invalid("probability", "must be above 0 and at most 1");
        }
        return probability == null ? 1 : probability;
    }

    private int checkedCode() {
        return (int) within("code", code == null ? null : (long) code, MIN_CODE, MAX_CODE);
    }

    private String text(String otherwise) {
        return reason == null ? otherwise : reason;
    }

    private static long within(String field, @Nullable Long value, long min, long max) {
        if (value == null || value < min || value > max) {
            throw Problem.invalid(field, "must be given, from " + min + " to " + max);
        }
        return value;
    }

    /** A standing fault as the API shows it. */
    static FaultOrder of(StandingFault standing) {
        String kind = switch (standing.fault()) {
            case Fault.RefuseLogins _ -> "refuse-logins";
            case Fault.DelayAcks _ -> "delay-acks";
            case Fault.LoseAcks _ -> "lose-acks";
            case Fault.Nack _ -> "nack";
            case Fault.LoseReceived _ -> "lose-received";
            case Fault.Redeliver _ -> "redeliver";
            case Fault.FewQrs _ -> "few-qrs";
        };
        Set<String> who = standing.scope().who();
        return new FaultOrder(standing.id(), kind, who.isEmpty() ? null : who.stream().sorted().toList(),
                codeOf(standing.fault()), null,
                standing.fault() instanceof Fault.DelayAcks d ? d.delay().toMillis() : null,
                standing.fault() instanceof Fault.FewQrs few ? few.refs() : null, null,
                standing.remaining() < 0 ? null : standing.remaining(), standing.probability());
    }

    private static @Nullable Integer codeOf(Fault.Standing fault) {
        return switch (fault) {
            case Fault.RefuseLogins refuse -> refuse.code();
            case Fault.Nack nack -> nack.code();
            case Fault.DelayAcks _,Fault.LoseAcks _,Fault.LoseReceived _,Fault.Redeliver _,Fault.FewQrs _ -> null;
        };
    }
}
