package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import java.util.List;
import java.util.UUID;

/** What the contracts share. Each test has an account of its own, so that one store can serve all of them. */
public abstract class StoreContract {
    protected final Samples a = new Samples(new AccountId("account_test_" + UUID.randomUUID()));

    /** The store under test, the same for the whole test. */
    protected abstract ConversationStore store();

    protected final void apply(Change... changes) {
        store().apply(List.of(changes));
    }

    protected final List<StoredThread> threads() {
        return store().threads(a.account(), PageRequest.first(100)).items();
    }

    protected final StoredThread thread(Chat chat) {
        return store().thread(a.thread(chat)).orElseThrow();
    }

    protected final List<String> texts(Chat chat) {
        return store().messages(a.thread(chat), PageRequest.first(100)).items().stream().map(StoredMessage::text)
                .toList();
    }

    protected final StoredMessage message(Chat chat, String id) {
        return store().message(a.thread(chat), new MessageId(id)).orElseThrow();
    }
}
