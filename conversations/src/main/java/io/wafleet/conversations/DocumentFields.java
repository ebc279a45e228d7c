package io.wafleet.conversations;

import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents under the field names of the original, which existing apps read. Values are strings, numbers, booleans, {@code Instant},
 * lists and maps; what is not known is absent.
 */
public final class DocumentFields {
    private DocumentFields() {}

    /** {@code accounts/<account>}. */
    public static Map<String, Object> of(AccountStatusRecord account) {
        Fields fields = new Fields();
        fields.put("accountId", account.account().value());
        fields.put("name", account.name());
        fields.put("phoneE164", account.phone().e164());
        fields.put("status", account.status().wire());
        fields.put("requiresQR", account.requiresQr());
        fields.put("lastDisconnectReason", account.reason());
        fields.put("lastDisconnectCode", account.code());
        fields.put("claimedBy", account.worker().value());
        fields.put("epoch", account.epoch().value());
        fields.put("statusSince", account.since());
        fields.put("nextRetryAt", account.nextAttemptAt());
        fields.put("createdAt", account.createdAt());
        fields.put("updatedAt", account.updatedAt());
        return fields.all;
    }

    /** {@code threads/<thread>}. */
    public static Map<String, Object> of(StoredThread thread) {
        Fields fields = new Fields();
        Chat chat = thread.id().chat();
        PhoneNumber phone = ThreadId.phone(chat);
        fields.put("accountId", thread.id().account().value());
        fields.put("clientJid", chat.jid());
        fields.put("isLid", ThreadId.isLid(chat));
        fields.put("isGroup", ThreadId.isGroup(chat));
        fields.put("phoneE164", phone == null ? null : phone.e164());
        fields.put("displayName", thread.name() == null ? null : thread.name().text());
        fields.put("unreadCount", thread.unread().size());
        fields.put("redirectTo", thread.redirectTo() == null ? null : thread.redirectTo().text());
        StoredThread.Last last = thread.last();
        if (last != null) {
            fields.put("lastMessageId", last.id().value());
            fields.put("lastMessageAt", last.at());
            fields.put("lastMessageAtMs", last.at().toEpochMilli());
            fields.put("lastMessagePreview", last.preview());
            fields.put("lastMessageText", last.preview());
            fields.put("lastMessageType", last.kind());
            fields.put("lastMessageDirection", last.outbound() ? "outbound" : "inbound");
            fields.put("lastMessageSenderName", last.senderName());
        }
        return fields.all;
    }

    /** {@code threads/<thread>/messages/<message>}; one that is not to be shown has no {@code createdAt}. */
    public static Map<String, Object> of(StoredMessage message) {
        Fields fields = new Fields();
        fields.put("accountId", message.thread().account().value());
        fields.put("threadId", message.thread().text());
        fields.put("clientJid", message.thread().chat().jid());
        fields.put("waMessageId", message.id().value());
        Said said = message.said();
        if (said != null) {
            fields.put("direction", message.outbound() ? "outbound" : "inbound");
            fields.put("body", message.text());
            fields.put("messageType", Words.kind(said.content()));
            fields.put("senderName", said.senderName());
            fields.put("senderJid", sender(message, said));
            message.orderTime().ifPresent(at -> {
                fields.put("tsClient", at);
                fields.put("createdAt", at);
            });
            if (message.deletedAt() == null) {
                content(fields, said);
            }
        }
        fields.put("status", status(message));
        delivery(fields, message.delivery());
        fields.put("editedAt", message.editedAt());
        fields.put("deletedAt", message.deletedAt());
        fields.put("reactions", message.emojis().isEmpty() ? null : reactions(message));
        return fields.all;
    }

    /** The same with what people do not see: the first words, and those taken back. For exports. */
    public static Map<String, Object> whole(StoredMessage message) {
        Map<String, Object> fields = of(message);
        Said said = message.said();
        if (said != null) {
            fields.put("originalBody", Words.of(said.content()));
        }
        Amendments amendments = message.amendments();
        if (amendments != null) {
            Map<String, Object> edits = new TreeMap<>();
            amendments.edits().forEach((author, edit) -> edits.put(author, edit.text()));
            fields.put("edits", edits);
        }
        return fields;
    }

    private static @Nullable String status(StoredMessage message) {
        Delivery delivery = message.delivery();
        if (delivery != null) {
            return delivery.status().wire();
        }
        Said said = message.said();
        if (said == null) {
            return null;
        }
        return switch (said.source()) {
            case INBOUND -> "delivered";
            case PHONE -> "sent";
            case OUTBOX -> "queued";
        };
    }

    private static @Nullable String sender(StoredMessage message, Said said) {
        return switch (said.author()) {
            case Author.ME -> null;
            case Author.THEM -> message.thread().chat().jid();
            default -> said.author();
        };
    }

    private static void delivery(Fields fields, @Nullable Delivery delivery) {
        if (delivery != null) {
            fields.put("attempts", delivery.attempts());
            fields.put("lastError", delivery.reason());
            fields.put("sentAt", delivery.sentAt());
            fields.put("deliveredAt", delivery.deliveredAt());
            fields.put("readAt", delivery.readAt());
            fields.put("updatedAt", delivery.updatedAt());
        }
    }

    private static List<Map<String, Object>> reactions(StoredMessage message) {
        return message.emojis().entrySet().stream().map(e -> {
            Fields fields = new Fields();
            boolean mine = e.getKey().equals(Author.ME);
            fields.put("emoji", e.getValue());
            fields.put("fromMe", mine);
            fields.put("senderJid",
                    mine ? null : e.getKey().equals(Author.THEM) ? message.thread().chat().jid() : e.getKey());
            return fields.all;
        }).toList();
    }

    private static void content(Fields fields, Said said) {
        switch (said.content()) {
            case Content.Media media -> media(fields, said, media);
            case Content.Location location -> {
                Fields place = new Fields();
                place.put("latitude", location.latitude());
                place.put("longitude", location.longitude());
                place.put("name", location.name());
                place.put("address", location.address());
                fields.put("location", place.all);
            }
            case Content.Contact contact -> {
                Fields card = new Fields();
                card.put("name", contact.name());
                card.put("phones", contact.phones().stream().map(PhoneNumber::e164).toList());
                fields.put("contact", card.all);
            }
            case InboundContent.Unsupported unsupported -> fields.put("unsupportedKind", unsupported.kind());
            case Content.Text _,Content.Reaction _,Content.Edit _,Content.Delete _ -> {
                // all said by the body
            }
        }
        fields.put("quotedMessageId", quoted(said.content()));
    }

    private static void media(Fields fields, Said said, Content.Media media) {
        String type = said.media() == null ? media.mimetype() : said.media().mimetype();
        String kind = Words.kind(media);
        Fields about = new Fields();
        about.put("type", kind);
        about.put("url", String.valueOf(media.url()));
        about.put("mimeType", type);
        about.put("sizeBytes", said.media() == null ? null : said.media().sizeBytes());
        about.put("thumbBase64", said.thumbnail());
        fields.put("media", about.all);
        fields.put("mediaType", kind);
        fields.put("mediaUrl", String.valueOf(media.url()));
        fields.put("mediaMimetype", type);
        fields.put("mediaFilename", media instanceof Content.Document document ? document.fileName() : null);
    }

    private static @Nullable String quoted(InboundContent content) {
        var quoted = switch (content) {
            case Content.Text c -> c.quoted();
            case Content.Image c -> c.quoted();
            case Content.Video c -> c.quoted();
            case Content.Audio c -> c.quoted();
            case Content.Voice c -> c.quoted();
            case Content.Document c -> c.quoted();
            case Content.Sticker c -> c.quoted();
            case Content.Location c -> c.quoted();
            case Content.Contact c -> c.quoted();
            case Content.Reaction _,Content.Edit _,Content.Delete _,InboundContent.Unsupported _ -> null;
        };
        return quoted == null ? null : quoted.id().value();
    }

    /** Keeps the order, drops what is not known. */
    private static final class Fields {
        private final Map<String, Object> all = new LinkedHashMap<>();

        void put(String name, @Nullable Object value) {
            if (value != null) {
                all.put(name, value);
            }
        }
    }
}
