package io.wafleet.gateway.http;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import io.wafleet.gateway.request.Recipients;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * Reads which thread is asked for: by its id ({@code <accountId>__<jid>}), the JID of a person, group or LID, or a phone in any notation.
 * A JID as it is written comes first, so that each thread in a list can be asked for as it is listed.
 */
final class ThreadNames {
    private final Recipients recipients;

    ThreadNames(Recipients recipients) {
        this.recipients = recipients;
    }

    /** The account that a thread's full id names; empty when it is no full id. */
    static Optional<ThreadId> full(String written) {
        try {
            return Optional.of(ThreadId.parse(written.strip()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /**
     * The threads of the account that may be meant, the likeliest first; at least one.
     *
     * @throws Problem when it names none, or another account's
     */
    SequencedSet<ThreadId> meant(AccountId account, String written) {
        Optional<ThreadId> full = full(written);
        if (full.isPresent() && !full.get().account().equals(account)) {
            throw Problem.of(403, "thread_foreign", "Thread does not belong to account");
        }
        String chat = full.map(id -> id.chat().jid()).orElse(written.strip());
        SequencedSet<ThreadId> meant = new LinkedHashSet<>();
        full.ifPresent(meant::add);
        literal(chat).ifPresent(c -> meant.add(new ThreadId(account, c)));
        recipients.parse(chat).ifPresent(c -> meant.add(new ThreadId(account, c)));
        if (meant.isEmpty()) {
            throw Problem
                    .invalid("threadId: must be <accountId>__<jid>, the JID of a person, group or LID, or a phone");
        }
        return meant;
    }

    private static Optional<Chat> literal(String jid) {
        try {
            return Optional.of(new Chat(jid));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The first of them that has messages, under the id that it has now. Blocks. */
    static Optional<StoredThread> first(ConversationReads store, SequencedSet<ThreadId> meant) {
        return meant.stream().map(store::thread).flatMap(Optional::stream).findFirst();
    }
}
