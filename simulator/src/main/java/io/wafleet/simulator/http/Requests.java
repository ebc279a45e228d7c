package io.wafleet.simulator.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.Chat;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.UnreadableRecordException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what requests bring. What is not as it should be becomes a 400 that names field and rule. */
final class Requests {
    private static final Pattern FIELD = Pattern.compile("field (\\S+): (.*)");

    private Requests() {}

    static <T> T body(RoutingContext context, Class<T> type) {
        Buffer body = context.body().buffer();
        if (body == null || body.length() == 0) {
            throw Problem.invalid("body", "must be JSON");
        }
        try {
            return JsonCodec.decode(body.getBytes(), type);
        } catch (UnreadableRecordException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    /** The codec says {@code field x: rule} when it knows which. */
    private static Problem unreadable(String reason) {
        Matcher field = FIELD.matcher(reason);
        return field.matches() ? Problem.invalid(field.group(1), field.group(2)) : Problem.invalid("body", reason);
    }

    /** The phone in the path. */
    static PhoneNumber phone(RoutingContext context) {
        return phone("phone", inPath(context, "phone"));
    }

    /** A part of the path that the route names. */
    static String inPath(RoutingContext context, String name) {
        return Objects.requireNonNull(context.pathParam(name));
    }

    /** E.164; the plus may be left out, or have become a space on the way. */
    static PhoneNumber phone(String field, String written) {
        String plain = written.strip();
        try {
            return new PhoneNumber(plain.startsWith("+") ? plain : "+" + plain);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    /** Whether it can only be meant as a phone. */
    static boolean looksLikePhone(String written) {
        return written.strip().matches("\\+?[0-9]+");
    }

    static @Nullable PhoneNumber optionalPhone(RoutingContext context) {
        String written = context.request().getParam("phone");
        return written == null ? null : phone("phone", written);
    }

    static Chat chat(String field, String written) {
        try {
            return looksLikePhone(written) ? Chat.of(phone(field, written)) : new Chat(written);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    /** The id of a group. */
    static Chat group(String field, String written) {
        Chat chat = chat(field, written);
        if (!chat.jid().endsWith("@g.us")) {
            throw Problem.invalid(field, "must be a group, such as 120363000000000000@g.us");
        }
        return chat;
    }

    static MessageId messageId(String field, String written) {
        try {
            return new MessageId(written);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(field, String.valueOf(e.getMessage()));
        }
    }

    static @Nullable Chat optionalChat(RoutingContext context) {
        String written = context.request().getParam("chat");
        return written == null ? null : chat("chat", written);
    }

    static long number(RoutingContext context, String field, long otherwise, long min, long max) {
        String written = context.request().getParam(field);
        if (written == null) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(written);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw Problem.invalid(field, "must be a number from " + min + " to " + max);
    }
}
