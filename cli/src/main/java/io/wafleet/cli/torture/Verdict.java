package io.wafleet.cli.torture;

import io.wafleet.cli.torture.Senders.ChatName;
import io.wafleet.simulator.ledger.LedgerMessage;
import io.wafleet.simulator.ledger.LedgerSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges by the simulator's ledger whether what was accepted was received: all of it, once, in order. Pure. */
final class Verdict {
    private Verdict() {}

    /** What recipients saw of each chat: the ids in the order in which they came for the first time. */
    static Map<ChatName, List<String>> shown(List<LedgerMessage> ledger) {
        Map<ChatName, List<String>> shown = new HashMap<>();
        ledger.stream().filter(LedgerMessage::isShown).forEach(m -> {
            String chat = m.chat().jid();
            shown.computeIfAbsent(new ChatName(m.phone().digits(), chat.substring(0, chat.indexOf('@'))),
                    _ -> new ArrayList<>()).add(m.id().value());
        });
        return shown;
    }

    /** How many accepted messages nobody has seen yet. */
    static long missing(Map<ChatName, List<String>> accepted, Map<ChatName, List<String>> shown) {
        return accepted.entrySet().stream().mapToLong(chat -> {
            Set<String> seen = new HashSet<>(shown.getOrDefault(chat.getKey(), List.of()));
            return chat.getValue().stream().filter(id -> !seen.contains(id)).count();
        }).sum();
    }

    /** A line for each chat in which something is wrong. */
    static List<String> chats(Map<ChatName, List<String>> accepted, Map<ChatName, List<String>> shown) {
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (Map.Entry<ChatName, List<String>> chat : accepted.entrySet()) {
            number++;
            List<String> seen = shown.getOrDefault(chat.getKey(), List.of());
            if (!seen.equals(chat.getValue())) {
                problems.add("chat " + number + ": " + difference(chat.getValue(), seen));
            }
        }
        return problems;
    }

    private static String difference(List<String> accepted, List<String> shown) {
        List<String> missing = new ArrayList<>(accepted);
        missing.removeAll(shown);
        if (!missing.isEmpty()) {
            return missing.size() + " of " + accepted.size() + " accepted messages never received, the first is "
                    + missing.getFirst();
        }
        List<String> more = new ArrayList<>(shown);
        more.removeAll(accepted);
        if (!more.isEmpty()) {
            return more.size() + " messages received that were never accepted, the first is " + more.getFirst();
        }
        if (shown.size() != accepted.size()) {
            return "messages received more than once";
        }
        int at = 0;
        while (accepted.get(at).equals(shown.get(at))) {
            at++;
        }
        return "out of order from message " + (at + 1) + " on: " + accepted.get(at) + " was accepted, " + shown.get(at)
                + " received";
    }

    /** A line for each figure that must be zero and is not. */
    static List<String> figures(LedgerSummary summary) {
        List<String> problems = new ArrayList<>();
        zero(problems, summary.undecryptable(), "messages could not be read by their recipients");
        zero(problems, summary.duplicatesByContent(), "messages were said twice under different ids");
        zero(problems, summary.olderActed(), "acts of a former owner's connection");
        zero(problems, summary.inboundUnderUsedCounter(), "inbound messages acknowledged under a used counter");
        zero(problems, summary.inboundWaiting(), "inbound messages never taken");
        zero(problems, summary.letGo(), "entries that the ledger has let go: nothing can be proved");
        return problems;
    }

    private static void zero(List<String> problems, long figure, String what) {
        if (figure != 0) {
            problems.add(figure + " " + what);
        }
    }
}
