package io.wafleet.gateway.http;

import io.wafleet.contract.MediaKey;
import io.wafleet.conversations.DocumentFields;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.Said;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How threads and messages are shown: the fields of their documents, which existing apps know, with their {@code id} in front. */
final class ConversationJson {
    private static final String MEDIA = "media";
    private static final String MEDIA_PATH = "/api/whatsapp/media/";

    private ConversationJson() {}

    static Map<String, Object> of(StoredThread thread) {
        return shown(thread.id().text(), DocumentFields.of(thread));
    }

    static Map<String, Object> of(StoredMessage message) {
        Map<String, Object> shown = shown(message.id().value(), DocumentFields.of(message));
        Said said = message.said();
        if (said != null && said.media() != null && said.source() != Said.Source.OUTBOX
                && shown.get(MEDIA) instanceof Map<?, ?> told) {
            String url = MEDIA_PATH + MediaKey.of(message.thread().account(), said.media().sha256()).value();
            Map<String, Object> media = new LinkedHashMap<>();
            told.forEach((name, value) -> media.put(String.valueOf(name), value));
            media.put("url", url);
            media.put("sha256", said.media().sha256());
            shown.put(MEDIA, media);
            shown.put("mediaUrl", url);
        }
        return shown;
    }

    /** What the next page is asked for with; null: there is none. */
    static @Nullable String next(Page<?> page) {
        return page.next() == null ? null : page.next().text();
    }

    private static Map<String, Object> shown(String id, Map<String, Object> fields) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", id);
        shown.putAll(fields);
        return shown;
    }
}
