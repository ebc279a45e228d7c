package io.wafleet.conversations.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentSnapshot;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.StateCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Documents as Firestore keeps them: fields for the apps, and beside them the whole state, packed, since a document must not exceed
 * 1 MiB with both.
 */
final class Encoding {
    static final String STATE = "state";
    private static final int LONG_TEXT = 1_000;
    private static final int OTHER_BYTES = 16;

    private Encoding() {}

    /** Times become Firestore's own. */
    static Map<String, Object> values(Map<String, Object> fields) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach((name, value) -> values.put(name, value(value)));
        return values;
    }

    private static Object value(Object value) {
        return switch (value) {
            case Instant time -> timestamp(time);
            case List<?> list -> list.stream().map(Encoding::value).toList();
            case Map<?, ?> map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((name, inner) -> values.put(String.valueOf(name), value(inner)));
                yield values;
            }
            default -> value;
        };
    }

    static Timestamp timestamp(Instant time) {
        return Timestamp.ofTimeSecondsAndNanos(time.getEpochSecond(), time.getNano());
    }

    static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    static Blob pack(Record document) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(StateCodec.encode(document));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return Blob.fromBytes(packed.toByteArray());
    }

    /** The document's state; null: it is not there, or another program's. */
    static <T extends Record> @Nullable T unpack(DocumentSnapshot document, Class<T> type) {
        Object packed = document.get(STATE);
        if (!(packed instanceof Blob blob)) {
            return null;
        }
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(blob.toBytes()))) {
            return StateCodec.decode(in.readAllBytes(), type);
        } catch (IOException _) {
            throw new UnreadableRecordException("a document's state cannot be unpacked");
        }
    }

    /** About how many bytes these take. */
    static long size(Object value) {
        return switch (value) {
            case String text -> text.length() < LONG_TEXT
                    ? 2L * text.length()
                    : text.getBytes(StandardCharsets.UTF_8).length;
            case Blob blob -> blob.toByteString().size();
            case List<?> list -> list.stream().mapToLong(Encoding::size).sum();
            case Map<?, ?> map -> map.entrySet().stream()
                    .mapToLong(e -> String.valueOf(e.getKey()).length() + size(e.getValue())).sum();
            default -> OTHER_BYTES;
        };
    }
}
