package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.RequestParameter;
import io.wafleet.contract.AccountId;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What people read: threads, messages, and messages that hold words. Only the store is asked: neither an owner nor the views are needed,
 * and an account that was deleted keeps its conversations.
 */
final class ConversationEndpoints {
    private final StoreReader store;
    private final ThreadNames names;
    private final Predicate<AccountId> isKnown;
    private final BooleanSupplier isCaughtUp;

    /**
     * @param isKnown whether the fleet knows the account, deleted ones included
     * @param isCaughtUp whether it can tell
     */
    ConversationEndpoints(StoreReader store, ThreadNames names, Predicate<AccountId> isKnown,
            BooleanSupplier isCaughtUp) {
        this.store = store;
        this.names = names;
        this.isKnown = isKnown;
        this.isCaughtUp = isCaughtUp;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("listThreads", this::threads, "listMessages", this::messages, "searchMessages", this::search);
    }

    private Future<Answer> threads(RoutingContext context) {
        AccountId account = GivenIds.account(context);
        PageRequest page = Paging.asked(context);
        return store.read(s -> s.threads(account, page)).map(found -> {
            if (found.items().isEmpty() && page.after() == null) {
                requireKnown(account);
            }
            return Answer.success("threads", found.items().stream().map(ConversationJson::of).toList(), "count",
                    found.items().size(), "nextCursor", ConversationJson.next(found));
        });
    }

    /** An account without conversations is either new, or a mistake of whoever asks. */
    private void requireKnown(AccountId account) {
        if (isCaughtUp.getAsBoolean() && !isKnown.test(account)) {
            throw Problem.unknownAccount();
        }
    }

    /** A thread, and a page of it. */
    private record Found(StoredThread thread, Page<StoredMessage> messages) {}

    private Future<Answer> messages(RoutingContext context) {
        RequestParameter written = Endpoint.validated(context).getPathParameters().get("threadId");
        SequencedSet<ThreadId> meant = names.meant(GivenIds.account(context),
                String.valueOf(written == null ? null : written.getString()));
        PageRequest page = Paging.asked(context);
        return store.read(s -> ThreadNames.first(s, meant).map(t -> new Found(t, s.messages(t.id(), page))))
                .map(found -> found
                        .map(f -> Answer.success("thread", ConversationJson.of(f.thread), "messages",
                                shown(f.messages), "count", f.messages.items().size(), "nextCursor",
                                ConversationJson.next(f.messages)))
                        .orElseThrow(ConversationEndpoints::unknownThread));
    }

    private static Problem unknownThread() {
        return Problem.of(404, "thread_unknown", "Thread not found");
    }

    static List<Map<String, Object>> shown(Page<StoredMessage> page) {
        return page.items().stream().map(ConversationJson::of).toList();
    }

    private Future<Answer> search(RoutingContext context) {
        AccountId account = GivenIds.account(context);
        String written = Endpoint.query(context, "threadId");
        SequencedSet<ThreadId> meant = written == null ? null : names.meant(account, written);
        String words = words(Endpoint.query(context, "q"));
        PageRequest page = Paging.asked(context);
        return store.read(s -> searched(s, account, meant, words, page)).map(found -> found
                .map(p -> Answer.success("messages", shown(p), "count", p.items().size(), "nextCursor",
                        ConversationJson.next(p)))
                .orElseThrow(() -> Problem.of(501, "search_not_offered",
                        "This fleet's conversation store cannot search; the embedded store can")));
    }

    private static String words(@Nullable String written) {
        if (written == null || written.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw Problem.invalid("q: must have at least one letter or digit");
        }
        return written;
    }

    private static Optional<Page<StoredMessage>> searched(ConversationReads store, AccountId account,
            @Nullable SequencedSet<ThreadId> meant, String words, PageRequest page) {
        ThreadId thread = meant == null
                ? null
                : ThreadNames.first(store, meant).orElseThrow(ConversationEndpoints::unknownThread).id();
        return store.search(account, thread, words, page);
    }
}
