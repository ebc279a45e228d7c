package io.wafleet.conversations.firestore;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ThreadId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a change will most likely ask for, so that those of a whole batch are read at once. One that is forgotten here is
 * only read later, by itself.
 */
final class NeededDocuments {
    private NeededDocuments() {}

    /** A LID's thread stands for the phone's, should that be known. */
    static Set<Key> of(Change change) {
        Set<Key> keys = new LinkedHashSet<>();
        AccountId account = change.account();
        keys.add(new Key.Erasure(account));
        switch (change) {
            case Change.AccountChanged _ -> keys.add(new Key.Account(account));
            case Change.OutboundContent content -> {
                message(keys, account, content.chat(), content.message());
                message(keys, account, content.chat(), target(content.content()));
            }
            case Change.OutboundStatus status ->
                message(keys, account, status.status().chat(), status.status().message());
            case Change.Inbound inbound -> {
                MessageId target = target(inbound.content());
                lid(keys, account, inbound.from());
                message(keys, account, inbound.chat(), target == null ? inbound.message() : target);
            }
            case Change.LidKnown known -> {
                lid(keys, account, known.lid());
                keys.add(new Key.Summary(new ThreadId(account, known.lid())));
            }
            case Change.ReadMark mark -> thread(keys, account, mark.chat());
        }
        return keys;
    }

    /** So many of the changes, from the first, as will most likely fit one commit. */
    static List<Change> fitting(List<Change> changes, int maxDocuments) {
        Set<Key> keys = new LinkedHashSet<>();
        int count = 0;
        for (Change change : changes) {
            keys.addAll(of(change));
            if (count > 0 && keys.size() > maxDocuments) {
                break;
            }
            count++;
        }
        return changes.subList(0, count);
    }

    private static void message(Set<Key> keys, AccountId account, Chat chat, @Nullable MessageId message) {
        if (message != null) {
            thread(keys, account, chat);
            keys.add(new Key.Message(new ThreadId(account, chat), message));
        }
    }

    private static void thread(Set<Key> keys, AccountId account, Chat chat) {
        lid(keys, account, chat);
        keys.add(new Key.Summary(new ThreadId(account, chat)));
    }

    private static void lid(Set<Key> keys, AccountId account, Chat chat) {
        if (ThreadId.isLid(chat)) {
            keys.add(new Key.Lid(account, chat));
        }
    }

    /** The message that the content changes; null: it is one itself. */
    private static @Nullable MessageId target(InboundContent content) {
        return switch (content) {
            case Content.Reaction reaction -> reaction.message().id();
            case Content.Edit edit -> edit.message().id();
            case Content.Delete delete -> delete.message().id();
            case Content.Text _,Content.Media _,Content.Location _,Content.Contact _,InboundContent.Unsupported _ ->
                null;
        };
    }
}
