package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.Alias;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.Documents;
import io.wafleet.conversations.Fold;
import io.wafleet.conversations.Join;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import io.wafleet.conversations.WriteSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Applies a plan to nothing, in memory, by the stores' own rules: shows what it will have made of it. */
public final class Rehearsal {
    private final Map<ThreadId, Alias> aliases = new HashMap<>();
    private final Map<ThreadId, StoredThread> threads = new HashMap<>();
    private final Map<ThreadId, Map<MessageId, StoredMessage>> messages = new TreeMap<>();

    private final Map<AccountId, Instant> erased;

    private Rehearsal(Map<AccountId, Instant> erased) {
        this.erased = erased;
    }

    /** Where nothing was erased. */
    public static Rehearsal of(MovePlan plan) {
        return of(plan, Map.of());
    }

    /**
     * Applies the plan.
     *
     * @param erased when accounts were erased in the store
     */
    public static Rehearsal of(MovePlan plan, Map<AccountId, Instant> erased) {
        Rehearsal rehearsal = new Rehearsal(erased);
        WriteSet set = new WriteSet(rehearsal.new Memory());
        Fold fold = new Fold(set);
        for (Change change : plan.changes()) {
            fold.apply(change).ifPresent(join -> rehearsal.move(fold, set, join));
        }
        rehearsal.keep(set.drain());
        return rehearsal;
    }

    private void move(Fold fold, WriteSet set, Join join) {
        keep(set.drain());
        Map<MessageId, StoredMessage> from = messages.remove(join.from());
        if (from != null) {
            from.values().forEach(message -> {
                fold.move(message, join.to());
                set.forget(message.thread(), message.id());
            });
        }
        fold.joined(join);
    }

    private void keep(WriteSet.Drained drained) {
        drained.aliases().forEach(
                alias -> aliases.put(new ThreadId(alias.after().account(), alias.after().lid()), alias.after()));
        drained.threads().forEach(thread -> threads.put(thread.after().id(), thread.after()));
        drained.messages().forEach(message -> messages
                .computeIfAbsent(message.after().thread(), _ -> new TreeMap<>()).put(message.after().id(),
                        message.after()));
    }

    /** Paths of all threads and messages that people will see. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        threads.values().stream().filter(thread -> thread.last() != null)
                .forEach(thread -> paths.add("threads/" + thread.id().text()));
        messages.values().forEach(all -> all.values().stream().filter(message -> message.orderTime().isPresent())
                .forEach(message -> paths
                        .add("threads/" + message.thread().text() + "/messages/" + message.id().value())));
        return paths;
    }

    /** A thread; null: there is none. */
    public @Nullable StoredThread thread(ThreadId id) {
        return threads.get(id);
    }

    /** A thread's messages, by id. */
    public List<StoredMessage> messages(ThreadId id) {
        return List.copyOf(messages.getOrDefault(id, Map.of()).values());
    }

    /** What there is; at first nothing. */
    private final class Memory implements Documents {
        @Override
        public @Nullable Instant erasedAt(AccountId account) {
            return erased.get(account);
        }

        @Override
        public @Nullable AccountStatusRecord account(AccountId account) {
            return null;
        }

        @Override
        public @Nullable Alias alias(AccountId account, Chat lid) {
            return aliases.get(new ThreadId(account, lid));
        }

        @Override
        public @Nullable StoredThread thread(ThreadId id) {
            return threads.get(id);
        }

        @Override
        public @Nullable StoredMessage message(ThreadId thread, MessageId id) {
            return messages.getOrDefault(thread, Map.of()).get(id);
        }
    }
}
