package io.wafleet.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.gateway.request.Recipients;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is to be said: {@code message}, a plain text, or {@code content}, in one of the contract's forms. The rules are those of
 * {@link Content} itself. Whoever is named in it is canonicalised here, as the recipient is. Thread-safe.
 */
final class ContentReader {
    private static final String MESSAGE = "message";
    private static final String CONTENT = "content";
    private static final Pattern FIELD = Pattern.compile("field ([^:]+): (.*)");
    private static final Pattern RULE = Pattern.compile("([A-Za-z0-9.]+) ((?:must|is) .*)");

    private final Recipients recipients;
    private final Function<String, Optional<PhoneNumber>> phones;

    /**
     * @param phones reads a phone number in whatever notation
     */
    ContentReader(Recipients recipients, Function<String, Optional<PhoneNumber>> phones) {
        this.recipients = recipients;
        this.phones = phones;
    }

    /**
     * @param body with {@code message} a text and {@code content} an object, where they are there
     */
    Content read(JsonObject body) {
        String message = body.getString(MESSAGE);
        JsonObject content = body.getJsonObject(CONTENT);
        if (message == null && content == null) {
            throw Problem.invalid("message: is missing; either message or content must be given");
        }
        if (message != null && content != null) {
            throw Problem.invalid("content: must not be given beside message");
        }
        return content == null ? text(String.valueOf(message)) : content(content.copy());
    }

    private static Content text(String message) {
        wellFormed(MESSAGE, message);
        if (message.isEmpty() || message.length() > Content.Text.MAX_LENGTH) {
            throw Problem.invalid("message: must have 1 to " + Content.Text.MAX_LENGTH + " characters");
        }
        ContentForm.lines(MESSAGE, message);
        ContentForm.notBlank(MESSAGE, message);
        return new Content.Text(message);
    }

    private Content content(JsonObject content) {
        ContentForm.check(content);
        canonicalFrom(content, "quoted");
        canonicalFrom(content, MESSAGE);
        canonicalPhones(content);
        String json = content.encode();
        wellFormed(CONTENT, json);
        try {
            return JsonCodec.decode(json.getBytes(StandardCharsets.UTF_8), Content.class);
        } catch (UnreadableRecordException e) {
            throw Problem.invalid(sentence(String.valueOf(e.getMessage())));
        }
    }

    private void canonicalFrom(JsonObject content, String field) {
        if (content.getValue(field) instanceof JsonObject ref && ref.getValue("from") instanceof String from) {
            ref.put("from", recipients.parse(from).map(Chat::jid).orElseThrow(() -> Problem.invalid("content." + field
                    + ".from: must be a possible phone number, or the JID of a person, group or LID")));
        }
    }

    private void canonicalPhones(JsonObject content) {
        if (content.getValue("phones") instanceof JsonArray written) {
            if (written.size() > Content.Contact.MAX_PHONES) { // Reading each takes longer than the list is worth.
                throw Problem.invalid("content.phones: must be 1 to " + Content.Contact.MAX_PHONES + " phone numbers");
            }
            JsonArray canonical = new JsonArray();
            for (Object phone : written) {
                canonical.add(phone(String.valueOf(phone)));
            }
            content.put("phones", canonical);
        }
    }

    private String phone(String written) {
        return phones.apply(written).map(PhoneNumber::e164)
                .orElseThrow(() -> Problem.invalid("content.phones: must be possible phone numbers"));
    }

    private static void wellFormed(String field, String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw Problem.invalid(field + ": must be text without unpaired surrogates");
        }
    }

    /** The codec and the content's own rules say which field it is, each in its way. */
    private static String sentence(String reason) {
        Matcher field = FIELD.matcher(reason);
        Matcher rule = RULE.matcher(reason);
        if (field.matches()) {
            String problem = field.group(2).equals("is not a valid URI") ? "must be a URL" : field.group(2);
            return "content." + field.group(1).replace(".[]", "") + ": " + problem;
        }
        return rule.matches() ? "content." + rule.group(1) + ": " + rule.group(2) : "content: " + reason;
    }
}
