package io.wafleet.worker.session;

import io.wafleet.worker.session.Exploration.Outcome;
import io.wafleet.worker.session.Exploration.Pair;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Draws the session machine, as it was explored, for {@code docs/state-machines.md}. */
final class StateMachineDocument {
    static final String BEGIN = "<!-- session machine: generated, do not edit -->";
    static final String END = "<!-- end of session machine -->";
    private static final List<String> STATES = List.of("Idle", "Waiting", "AwaitingTurn", "Connecting", "ShowingQr",
            "ShowingCode", "Scanned", "Open");
    private static final Map<String, String> MEANINGS = Map.of("Idle", "nothing is under way; waits for a person",
            "Waiting", "no connection until a time (backoff, or stepped down after 440)", "AwaitingTurn",
            "asked the limiter for a turn to connect", "Connecting", "a connection is being opened", "ShowingQr",
            "a QR can be scanned", "ShowingCode", "a pairing code can be typed in", "Scanned",
            "paired; WhatsApp ends this connection with 515", "Open", "logged in");

    private final Map<Pair, Set<Outcome>> outcomes;

    StateMachineDocument(Map<Pair, Set<Outcome>> outcomes) {
        this.outcomes = outcomes;
    }

    String text() {
        return BEGIN + "\n## An account's session\n\n"
                + "Made by exploring `SessionMachine`: every session that can be reached, met with every kind of event.\n\n"
                + states() + "\n" + diagram() + "\n" + matrix() + "\n" + ignored() + END + "\n";
    }

    private static String states() {
        return "| State of the link | What it means |\n|---|---|\n" + STATES.stream()
                .map(s -> "| " + s + " | " + MEANINGS.get(s) + " |\n").collect(Collectors.joining());
    }

    /** Only what leads from one state to another; the orders that lead everywhere would hide the rest. */
    private String diagram() {
        Map<String, Set<String>> edges = new TreeMap<>();
        outcomes.forEach((pair, set) -> set.stream()
                .filter(o -> !o.isIgnored() && !pair.state().equals(o.next()) && !pair.event().startsWith("order"))
                .forEach(o -> edges.computeIfAbsent(pair.state() + " --> " + o.next(), _ -> new TreeSet<>())
                        .add(pair.event().replace("closed: ", "closed ").replace("timer: ", "timer "))));
        StringBuilder text = new StringBuilder("Without people's orders:\n\n```mermaid\nstateDiagram-v2\n");
        text.append("    [*] --> Idle\n");
        edges.forEach((edge, events) -> text.append("    ").append(edge).append(" : ")
                .append(String.join(" / ", events)).append("\n"));
        return text.append("```\n").toString();
    }

    private String matrix() {
        StringBuilder text = new StringBuilder(
                """
                        What follows, as *state* `status`; `=` stands for the same state, – for an ignored event. Several lines: it depends
                        on what the session is for, on the phone, or on the time.

                        """);
        text.append("| Event | ").append(String.join(" | ", STATES)).append(" |\n|---")
                .append("|---".repeat(STATES.size())).append("|\n");
        events().forEach(event -> text.append("| ").append(event).append(" | ")
                .append(STATES.stream().map(state -> cell(new Pair(state, event))).collect(Collectors.joining(" | ")))
                .append(" |\n"));
        return text.toString();
    }

    private String cell(Pair pair) {
        Collection<Outcome> all = outcomes.getOrDefault(pair, Set.of());
        return all.stream().map(o -> o.isIgnored()
                ? "–"
                : (pair.state().equals(o.next()) ? "=" : o.next()) + " `" + o.status() + "`").distinct()
                .collect(Collectors.joining("<br>"));
    }

    private Set<String> events() {
        Set<String> events = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        outcomes.keySet().forEach(pair -> events.add(pair.event()));
        return events;
    }

    private String ignored() {
        Map<Pair, Set<String>> inStates = new TreeMap<>();
        outcomes.forEach((pair, set) -> set.stream().filter(Outcome::isIgnored)
                .forEach(o -> inStates.computeIfAbsent(new Pair(o.status(), pair.event()), _ -> new LinkedHashSet<>())
                        .add(pair.state())));
        Map<Pair, Set<String>> events = new TreeMap<>();
        inStates.forEach((because, states) -> events.computeIfAbsent(
                new Pair(because.state(), String.join(", ", states)), _ -> new LinkedHashSet<>())
                .add(because.event()));
        StringBuilder text = new StringBuilder(
                "Why events are ignored:\n\n| Because | In | Events |\n|---|---|---|\n");
        events.forEach((because, names) -> text.append("| ").append(because.state()).append(" | ")
                .append(because.event()).append(" | ").append(String.join("; ", names)).append(" |\n"));
        return text.toString();
    }
}
