package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ThreadId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What moving in does; the same documents always make the same plan, so it can be carried out again.
 *
 * @param changes for the store, in their order
 * @param accounts for the fleet
 * @param sessions to be kept sealed
 * @param read how many documents of each collection there were
 * @param findings what was done to them
 */
public record MovePlan(List<Change> changes, List<MovedAccount> accounts, List<MovedSession> sessions,
        Map<String, Long> read, List<Finding> findings) {
    public MovePlan {
        changes = List.copyOf(changes);
        accounts = List.copyOf(accounts);
        sessions = List.copyOf(sessions);
        read = new TreeMap<>(read);
        findings = List.copyOf(findings);
    }

    /** Accounts whose conversations are changed. */
    public Set<AccountId> conversationsOf() {
        Set<AccountId> all = new TreeSet<>();
        changes.forEach(change -> all.add(change.account()));
        return all;
    }

    /** Where a change lands, or would have. */
    public static String path(Change change) {
        return switch (change) {
            case Change.AccountChanged account -> "accounts/" + account.account();
            case Change.OutboundContent content -> path(content.account(), content.chat(), content.message());
            case Change.OutboundStatus status ->
                path(status.account(), status.status().chat(), status.status().message());
            case Change.Inbound inbound -> path(inbound.account(), inbound.chat(), inbound.message());
            case Change.LidKnown known -> "threads/" + new ThreadId(known.account(), known.lid()).text();
            case Change.ReadMark mark -> "threads/" + new ThreadId(mark.account(), mark.chat()).text();
        };
    }

    private static String path(AccountId account, Chat chat, MessageId message) {
        return "threads/" + new ThreadId(account, chat).text() + "/messages/" + message.value();
    }

    /** Without what was said. */
    @Override
    public String toString() {
        return "MovePlan[" + changes.size() + " changes, " + accounts.size() + " accounts]";
    }
}
