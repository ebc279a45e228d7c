package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Decides what a change does to the documents; all stores share it. What it writes only grows, so redelivered and reordered changes
 * end in the same documents.
 *
 * <p>An adapter, for each change of a batch, in one transaction:
 * <ol>
 * <li>{@link #apply}.
 * <li>When that gives a {@link Join}: write what has changed so far, read the messages of {@code from} page by page (also those not
 * shown), give each to {@link #move}, write, take it out of {@code from}; at the end {@link #joined}. A store that cannot do this in
 * one transaction may end it after any page: the mark in the {@link Alias} makes the same {@link Change.LidKnown} go on when it comes again,
 * and it does come again, since the batch was not acknowledged.
 * <li>Write what has changed.
 * </ol>
 */
public final class Fold {
    private static final Comparator<AccountStatusRecord> ACCOUNT_NEWNESS = Comparator
            .comparing(AccountStatusRecord::epoch).thenComparing(AccountStatusRecord::updatedAt);

    private final WriteSet documents;

    public Fold(WriteSet documents) {
        this.documents = documents;
    }

    /**
     * Applies a change.
     *
     * @return the messages to be moved before the batch can be acknowledged, if any
     */
    public Optional<Join> apply(Change change) {
        Instant erasedAt = documents.erasedAt(change.account());
        if (erasedAt != null && !change.happenedAt().isAfter(erasedAt)) {
            return Optional.empty();
        }
        if (change instanceof Change.LidKnown known) {
            return know(known);
        }
        switch (change) {
            case Change.AccountChanged account -> changeAccount(account.status());
            case Change.OutboundContent content -> say(content);
            case Change.OutboundStatus status -> deliver(status);
            case Change.Inbound inbound -> hear(inbound);
            case Change.ReadMark mark ->
                documents.put(threadOrEmpty(thread(mark.account(), mark.chat())).readUpTo(mark.upTo()));
            case Change.LidKnown _ -> throw new IllegalStateException("handled above");
        }
        return Optional.empty();
    }

    /** Puts a message of a joining thread where it now belongs. */
    public void move(StoredMessage message, ThreadId to) {
        grow(new StoredMessage(to, message.id(), message.said(), message.delivery(), message.amendments()));
    }

    /** All messages of the thread have been moved. */
    public void joined(Join join) {
        Alias alias = documents.alias(join.from().account(), join.from().chat());
        if (alias != null) {
            documents.put(alias.joined());
        }
    }

    private void changeAccount(AccountStatusRecord status) {
        AccountStatusRecord known = documents.account(status.account());
        if (known == null || ACCOUNT_NEWNESS.compare(known, status) <= 0) {
            documents.put(status);
        }
    }

    private void say(Change.OutboundContent change) {
        ThreadId thread = thread(change.account(), change.chat());
        Said said = new Said(Said.Source.OUTBOX, Author.ME, null, change.content(), null, null, change.acceptedAt());
        grow(new StoredMessage(thread, change.message(), said, null, null));
    }

    private void deliver(Change.OutboundStatus change) {
        ThreadId thread = thread(change.account(), change.status().chat());
        grow(new StoredMessage(thread, change.status().message(), null, Delivery.of(change.status()), null));
    }

    private void hear(Change.Inbound change) {
        ThreadId id = thread(change.account(), change.chat());
        String author = Author.of(id.chat(), person(change.account(), change.from()), change.fromMe());
        if (StoredMessage.acts(change.content())) {
            act(id, author, change.content(), change.sentAt(), change.message());
            return;
        }
        Said said = new Said(change.fromMe() ? Said.Source.PHONE : Said.Source.INBOUND, author,
                change.fromMe() ? null : change.senderName(), change.content(), change.media(), change.thumbnail(),
                change.sentAt());
        grow(new StoredMessage(id, change.message(), said, null, null));
        name(id, change);
    }

    private void name(ThreadId id, Change.Inbound change) {
        String name = ThreadId.isGroup(id.chat()) ? change.subject() : change.fromMe() ? null : change.senderName();
        if (name != null && !name.isBlank()) {
            documents.put(threadOrEmpty(id).named(name, change.sentAt()));
        }
    }

    private void act(ThreadId thread, String author, InboundContent content, Instant at, MessageId by) {
        switch (content) {
            case Content.Reaction reaction -> amend(thread, reaction.message().id(),
                    Amendments.reaction(author, new Amendments.Reaction(reaction.emoji(), at, by)));
            case Content.Edit edit -> amend(thread, edit.message().id(),
                    Amendments.edit(author, new Amendments.Edit(edit.text(), at, by)));
            case Content.Delete delete -> amend(thread, delete.message().id(), Amendments.deletion(author, at));
            case Content.Text _,Content.Media _,Content.Location _,Content.Contact _,InboundContent.Unsupported _ -> {
                // says something itself
            }
        }
    }

    private void amend(ThreadId thread, MessageId target, Amendments amendments) {
        grow(new StoredMessage(thread, target, null, null, amendments));
    }

    /** Adds what is now known of a message, and what follows for its thread and, once sent, its target. */
    private void grow(StoredMessage more) {
        StoredMessage known = documents.message(more.thread(), more.id());
        StoredMessage now = known == null ? more : known.merge(more);
        documents.put(now);
        if (now.orderTime().isPresent()) {
            documents.put(threadOrEmpty(now.thread()).with(now));
        }
        Said said = now.said();
        Delivery delivery = now.delivery();
        if (said != null && delivery != null && delivery.status().isSentOrLater()) {
            act(now.thread(), said.author(), said.content(), said.at(), now.id());
        }
    }

    private Optional<Join> know(Change.LidKnown known) {
        Alias told = new Alias(known.account(), known.lid(), known.phone(), known.at(), true);
        Alias alias = documents.alias(known.account(), known.lid());
        if (alias == null || told.replaces(alias)) {
            alias = told;
            documents.put(told);
            redirect(new ThreadId(known.account(), known.lid()), new ThreadId(known.account(), known.phone()));
        }
        return alias.joining()
                ? Optional.of(
                        new Join(new ThreadId(known.account(), alias.lid()),
                                new ThreadId(known.account(), alias.phone())))
                : Optional.empty();
    }

    private void redirect(ThreadId from, ThreadId to) {
        StoredThread source = documents.thread(from);
        if (source == null) {
            return;
        }
        if (source.redirectTo() == null) {
            documents.put(threadOrEmpty(to).merge(source));
        }
        documents.put(source.redirectedTo(to));
    }

    private StoredThread threadOrEmpty(ThreadId id) {
        StoredThread thread = documents.thread(id);
        return thread == null ? StoredThread.empty(id) : thread;
    }

    private ThreadId thread(AccountId account, Chat chat) {
        return new ThreadId(account, person(account, chat));
    }

    /** The phone of a LID, once that is known. */
    private Chat person(AccountId account, Chat chat) {
        if (!ThreadId.isLid(chat)) {
            return chat;
        }
        Alias alias = documents.alias(account, chat);
        return alias == null ? chat : alias.phone();
    }
}
