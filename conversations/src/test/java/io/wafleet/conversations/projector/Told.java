package io.wafleet.conversations.projector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.WorkerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the topics tell of one account, in few words. */
record Told(AccountId account) {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final Chat PHONE = new Chat("40712345678@s.whatsapp.net");
    static final Chat LID = new Chat("98765432101234@lid");
    static final Chat GROUP = new Chat("120363025246125486@g.us");
    private static final Epoch EPOCH = new Epoch(3);

    Event.InboundMessage text(Chat chat, String id, long second, String text) {
        return inbound(chat, chat, id, second, text, null, null);
    }

    Event.InboundMessage inbound(Chat chat, Chat from, String id, long second, String text,
            @Nullable Chat alternative, @Nullable Chat fromAlternative) {
        return new Event.InboundMessage(account, EPOCH, at(second), new MessageId(id), chat, from, false, "Ana",
                new Content.Text(text), null, at(second), alternative, fromAlternative, null, null, false, null);
    }

    /** Its sender has a name larger than any document; and it tells whose LID it is. */
    Event.InboundMessage tooLarge(String id, long second) {
        return new Event.InboundMessage(account, EPOCH, at(second), new MessageId(id), PHONE, PHONE, false,
                "x".repeat(850_000), new Content.Text("hello"), null, at(second), LID, null, null, null, false, null);
    }

    AccountStatusRecord status(long second, AccountStatus status) {
        return new AccountStatusRecord(account, new PhoneNumber("+40711111111"), "Front desk", DesiredState.CONNECTED,
                status, null, null, false, new WorkerId("worker-1"), EPOCH, at(second), at(second), null, START, null,
                null, null);
    }

    MessageContentRecord content(String id, String text) {
        return new MessageContentRecord(account, new MessageId(id), PHONE, new Content.Text(text), at(1));
    }

    MessageStatusRecord status(String id, long second, MessageStatus status) {
        return new MessageStatusRecord(account, new MessageId(id), PHONE, status, 1, null, at(1), at(second), null,
                status == MessageStatus.SENT ? at(second) : null, null, null);
    }

    static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
