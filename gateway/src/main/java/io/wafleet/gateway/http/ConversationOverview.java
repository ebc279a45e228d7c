package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/whatsapp/messages}, as clients of the service before this one know it: with a thread its messages, without one the
 * account's newest threads, each with its newest messages.
 */
final class ConversationOverview {
    /** Each of them is read by itself. */
    static final int MAX_THREADS = 50;

    private static final int MESSAGES_OF_EACH = 10;

    private final StoreReader store;
    private final ThreadNames names;

    ConversationOverview(StoreReader store, ThreadNames names) {
        this.store = store;
        this.names = names;
    }

    Map<String, Endpoint> endpoints() {
        return Map.of("showMessages", this::show);
    }

    private Future<Answer> show(RoutingContext context) {
        String thread = Endpoint.query(context, "threadId");
        AccountId account = account(Endpoint.query(context, "accountId"), thread);
        String limit = Endpoint.query(context, "limit");
        if (thread == null) {
            PageRequest page = PageRequest.first(Paging.limit(limit, MAX_THREADS));
            return store.read(s -> newest(s, account, page));
        }
        SequencedSet<ThreadId> meant = names.meant(account, thread);
        PageRequest page = PageRequest.first(Paging.limit(limit, Paging.MAX_LIMIT));
        return store.read(s -> ThreadNames.first(s, meant).map(found -> ofThread(found, s.messages(found.id(), page)))
                .orElseGet(() -> Answer.success("threads", List.of(), "messages", List.of())));
    }

    /** The account, which a thread's full id names too. */
    private static AccountId account(@Nullable String account, @Nullable String thread) {
        if (account != null) {
            return GivenIds.account("accountId", account);
        }
        if (thread == null) {
            throw Problem.invalid("accountId: is missing");
        }
        return ThreadNames.full(thread).map(ThreadId::account)
                .orElseThrow(() -> Problem.invalid("accountId: is missing, and threadId does not name it"));
    }

    private static Answer ofThread(StoredThread thread, Page<StoredMessage> messages) {
        return Answer.success("thread", ConversationJson.of(thread), "messages", ConversationEndpoints.shown(messages),
                "nextCursor", ConversationJson.next(messages));
    }

    private static Answer newest(ConversationReads store, AccountId account, PageRequest page) {
        Page<StoredThread> threads = store.threads(account, page);
        return Answer.success("threads", threads.items().stream().map(t -> withMessages(store, t)).toList(),
                "nextCursor", ConversationJson.next(threads));
    }

    private static Map<String, Object> withMessages(ConversationReads store, StoredThread thread) {
        Map<String, Object> shown = ConversationJson.of(thread);
        shown.put("messages",
                ConversationEndpoints.shown(store.messages(thread.id(), PageRequest.first(MESSAGES_OF_EACH))));
        return shown;
    }
}
