package io.wafleet.gateway.http;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorErrorType;
import io.vertx.openapi.validation.ValidatorException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in clear sentences which rules of the contract a request breaks: field first, then the rule; never the value. */
final class BrokenRules {
    private static final Pattern PARAMETER = Pattern.compile("(path|query|header|cookie) parameter ([A-Za-z0-9-]+)");
    private static final Pattern EXPECTED = Pattern.compile("Expected (.+)$");
    private static final Pattern LIMIT = Pattern.compile("[<>] (\\d+)\\)$");
    private static final Pattern PROPERTY = Pattern.compile("required property \"(.+)\"$");

    private BrokenRules() {}

    static Problem problem(ValidatorException e) {
        String parameter = parameter(e);
        if (e instanceof SchemaValidationException broken) {
            return Problem.invalid(sentences(broken.getOutputUnit(), parameter));
        }
        if (!parameter.isEmpty()) {
            return Problem.invalid(parameter
                    + (e.type() == ValidatorErrorType.MISSING_REQUIRED_PARAMETER
                            ? ": is missing"
                            : ": cannot be read"));
        }
        return e.type() == ValidatorErrorType.MISSING_REQUIRED_PARAMETER
                ? Problem.invalid("body: is missing")
                : Problem.of(400, "invalid_json", "body: is not JSON");
    }

    /** Of a part of a body that was checked by itself. */
    static Problem problem(OutputUnit broken) {
        return Problem.invalid(sentences(broken, ""));
    }

    /** The parameter's name as the validator's message has it: its exceptions do not carry it otherwise. */
    private static String parameter(ValidatorException e) {
        Matcher matcher = PARAMETER.matcher(String.valueOf(e.getMessage()));
        return matcher.find() ? matcher.group(2) : "";
    }

    private static String sentences(OutputUnit unit, String parameter) {
        String all = unit.getErrors() == null
                ? ""
                : unit.getErrors().stream().map(error -> sentence(error, parameter)).flatMap(Optional::stream)
                        .distinct().collect(Collectors.joining("; "));
        return all.isEmpty() ? (parameter.isEmpty() ? "body" : parameter) + ": is not valid" : all;
    }

    /** Empty for units that only say that something inside them is wrong. */
    private static Optional<String> sentence(OutputUnit error, String parameter) {
        String keyword = error.getKeywordLocation().substring(error.getKeywordLocation().lastIndexOf('/') + 1);
        String field = parameter.isEmpty() ? field(error.getInstanceLocation()) : parameter;
        String text = error.getError();
        return switch (keyword) {
            case "type" -> Optional.of(field + ": must be " + type(find(EXPECTED, text)));
            case "required" -> Optional.of(child(field, find(PROPERTY, text)) + ": is missing");
            case "minLength" -> Optional.of(field + ": must have at least " + characters(find(LIMIT, text)));
            case "maxLength" -> Optional.of(field + ": must have at most " + characters(find(LIMIT, text)));
            case "pattern" -> Optional.of(field + pattern(field));
            case "minItems" -> Optional.of(field + ": must have at least " + find(LIMIT, text) + " of them");
            case "maxItems" -> Optional.of(field + ": must have at most " + find(LIMIT, text) + " of them");
            case "enum", "const" -> Optional.of(field + ": must be one of the values in the contract");
            default -> Optional.empty();
        };
    }

    private static String field(String instanceLocation) {
        String path = instanceLocation.replaceFirst("^#?/?", "").replace('/', '.');
        return path.isEmpty() ? "body" : path;
    }

    private static String child(String field, String property) {
        return field.equals("body") ? property : field + "." + property;
    }

    private static String type(String expected) {
        return switch (expected) {
            case "object" -> "a JSON object";
            case "boolean" -> "true or false";
            case "integer" -> "a whole number";
            default -> (expected.matches("[aeiou].*") ? "an " : "a ") + expected;
        };
    }

    private static String characters(String limit) {
        return limit + (limit.equals("1") ? " character" : " characters");
    }

    private static String pattern(String field) {
        return field.equals("name") ? ": must not be blank" : ": has characters that are not allowed";
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
