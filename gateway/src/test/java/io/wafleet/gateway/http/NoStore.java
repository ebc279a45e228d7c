package io.wafleet.gateway.http;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.conversations.ConversationReads;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import io.wafleet.conversations.ThreadId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that holds nothing and cannot search. */
final class NoStore implements ConversationReads {
    @Override
    public List<AccountStatusRecord> accounts() {
        return List.of();
    }

    @Override
    public Page<StoredThread> threads(AccountId account, PageRequest page) {
        return new Page<>(List.of(), null);
    }

    @Override
    public Optional<StoredThread> thread(ThreadId id) {
        return Optional.empty();
    }

    @Override
    public Page<StoredMessage> messages(ThreadId thread, PageRequest page) {
        return new Page<>(List.of(), null);
    }

    @Override
    public Optional<StoredMessage> message(ThreadId thread, MessageId id) {
        return Optional.empty();
    }

    @Override
    public Optional<Page<StoredMessage>> search(AccountId account, @Nullable ThreadId thread, String words,
            PageRequest page) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
