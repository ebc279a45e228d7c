package io.wafleet.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.wafleet.contract.JsonCodec;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back.
 *
 * @param file sent in place of the body; null: the body is
 * @param headers besides those that every answer has
 */
record Answer(int status, String contentType, Buffer body, Map<String, String> headers, @Nullable Path file) {
    static final String JSON = "application/json";
    static final String HTML = "text/html; charset=utf-8";

    private Answer(int status, String contentType, Buffer body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    static Answer json(int status, Object body) {
        return new Answer(status, JSON, Buffer.buffer(JsonCodec.encode(body)), Map.of());
    }

    /** {@code success: true}, and these names and values. */
    static Answer success(@Nullable Object... namesAndValues) {
        return success(200, namesAndValues);
    }

    static Answer success(int status, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("success", true);
        body.putAll(fields(namesAndValues));
        return json(status, body);
    }

    /** A JSON object of these names and values, in this order. */
    static Map<String, @Nullable Object> fields(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return fields;
    }

    static Answer page(String html) {
        return new Answer(200, HTML, Buffer.buffer(html), Page.HEADERS);
    }

    static Answer of(String contentType, Buffer body) {
        return new Answer(200, contentType, body, Map.of());
    }

    /** A file, which may be large. */
    static Answer file(String contentType, Path file) {
        return new Answer(200, contentType, Buffer.buffer(), Map.of(), file);
    }

    /** It lies elsewhere. */
    static Answer elsewhere(URI at) {
        return new Answer(302, "text/plain", Buffer.buffer(), Map.of("Location", at.toString()));
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, contentType, body, Map.copyOf(more), file);
    }
}
