package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageRef;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Changes of one account, made in few words. */
public record Samples(AccountId account) {
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    public static final Chat PHONE = new Chat("40712345678@s.whatsapp.net");
    public static final Chat OTHER = new Chat("40798765432@s.whatsapp.net");
    public static final Chat LID = new Chat("98765432101234@lid");
    public static final Chat GROUP = new Chat("120363025246125486@g.us");

    /** One of many. */
    public static Chat person(int number) {
        return new Chat((40_700_000_000L + number) + "@s.whatsapp.net");
    }

    public static Instant second(long seconds) {
        return START.plusSeconds(seconds);
    }

    public ThreadId thread(Chat chat) {
        return new ThreadId(account, chat);
    }

    public Change.AccountChanged account(long epoch, Instant updatedAt, AccountStatus status) {
        return new Change.AccountChanged(new AccountStatusRecord(account, new PhoneNumber("+40711111111"), "Front desk",
                DesiredState.CONNECTED, status, null, null, false, new WorkerId("worker-1"), new Epoch(epoch),
                updatedAt,
                updatedAt, null, START, null, null, null));
    }

    public Change.Inbound text(Chat chat, String id, long second, String text) {
        return inbound(chat, chat, id, second, false, new Content.Text(text));
    }

    /** Typed on the account's own phone. */
    public Change.Inbound own(Chat chat, String id, long second, String text) {
        return inbound(chat, new Chat("40711111111@s.whatsapp.net"), id, second, true, new Content.Text(text));
    }

    public Change.Inbound inbound(Chat chat, Chat from, String id, long second, boolean fromMe,
            InboundContent content) {
        return new Change.Inbound(account, chat, new MessageId(id), from, fromMe, fromMe ? "Myself" : "Ana", null,
                content, null, null, second(second), second(second));
    }

    public Change.Inbound reaction(Chat chat, String id, long second, String target, String emoji) {
        return inbound(chat, chat, id, second, false, new Content.Reaction(ref(target), emoji));
    }

    public Change.Inbound edit(Chat chat, String id, long second, String target, String text) {
        return inbound(chat, chat, id, second, false, new Content.Edit(ref(target), text));
    }

    public Change.Inbound deletion(Chat chat, String id, long second, String target) {
        return inbound(chat, chat, id, second, false, new Content.Delete(ref(target)));
    }

    public Change.OutboundContent accepted(Chat chat, String id, long second, String text) {
        return accepted(chat, id, second, new Content.Text(text));
    }

    public Change.OutboundContent accepted(Chat chat, String id, long second, Content content) {
        return new Change.OutboundContent(account, chat, new MessageId(id), content, second(second));
    }

    public Change.OutboundStatus status(Chat chat, String id, long acceptedAt, long updatedAt, MessageStatus status) {
        return new Change.OutboundStatus(new MessageStatusRecord(account, new MessageId(id), chat, status, 1, null,
                second(acceptedAt), second(updatedAt), null, at(status, MessageStatus.SENT, updatedAt),
                at(status, MessageStatus.DELIVERED, updatedAt), at(status, MessageStatus.READ, updatedAt)));
    }

    private static @Nullable Instant at(MessageStatus status, MessageStatus wanted, long second) {
        return status == wanted ? second(second) : null;
    }

    public Change.LidKnown known(long second) {
        return new Change.LidKnown(account, LID, PHONE, second(second));
    }

    public Change.ReadMark read(Chat chat, long upTo) {
        return new Change.ReadMark(account, chat, second(upTo), second(upTo));
    }

    public static MessageRef ref(String id) {
        return MessageRef.own(new MessageId(id));
    }
}
