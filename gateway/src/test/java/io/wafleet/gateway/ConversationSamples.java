package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageRef;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.conversations.Change;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened in the conversations of one account, in few words. */
record ConversationSamples(AccountId account) {
    static final Chat ANA = new Chat("40712345678@s.whatsapp.net");
    static final Chat BEN = new Chat("40798765432@s.whatsapp.net");
    static final Chat LID = new Chat("98765432101234@lid");
    static final Chat GROUP = new Chat("120363025246125486@g.us");
    static final String SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    static Instant second(long seconds) {
        return Instant.parse("2026-03-01T10:00:00Z").plusSeconds(seconds);
    }

    static MessageRef ref(String id) {
        return MessageRef.own(new MessageId(id));
    }

    Change text(Chat chat, String id, long second, String text) {
        return inbound(chat, chat, id, second, new Content.Text(text), null, null);
    }

    Change said(Chat chat, String id, long second, Content content) {
        return inbound(chat, chat, id, second, content, null, null);
    }

    Change image(Chat chat, String id, long second, String caption) {
        return inbound(chat, chat, id, second,
                new Content.Image(URI.create("https://mmg.example/encrypted"), caption, "image/png", null), null,
                new MediaInfo("image/png", 5, SHA256));
    }

    Change inGroup(Chat from, String id, long second, String text, String subject) {
        return inbound(GROUP, from, id, second, new Content.Text(text), subject, null);
    }

    private Change inbound(Chat chat, Chat from, String id, long second, Content content, @Nullable String subject,
            @Nullable MediaInfo media) {
        return new Change.Inbound(account, chat, new MessageId(id), from, false, "Ana", subject, content, media,
                media == null ? null : "/9j/2Q==", second(second), second(second));
    }

    Change accepted(Chat chat, String id, long second, Content content) {
        return new Change.OutboundContent(account, chat, new MessageId(id), content, second(second));
    }

    Change delivered(Chat chat, String id, long acceptedAt, long second) {
        return new Change.OutboundStatus(new MessageStatusRecord(account, new MessageId(id), chat,
                MessageStatus.DELIVERED, 1, null, second(acceptedAt), second(second), null, second(acceptedAt + 1),
                second(second), null));
    }

    Change lidKnown(long second) {
        return new Change.LidKnown(account, LID, ANA, second(second));
    }
}
