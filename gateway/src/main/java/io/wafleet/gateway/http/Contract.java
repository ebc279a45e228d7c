package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads the contract for the router. Vert.x refuses a contract whose responses have media types that it cannot validate, though
 * the router validates no responses: pages and images are left out of what it is given, and only there.
 *
 * <p>A pattern's {@code $} is the end of a text in the contract, but for Vert.x also the place before a last line end: it is given what Java
 * means by the end, or {@code "shop\n"} would be an id.
 */
final class Contract {
    private static final String FILE = "openapi.yaml";

    private Contract() {}

    /** The document as it stands. */
    static Buffer document() {
        return resource(FILE);
    }

    static Future<OpenAPIContract> load(Vertx vertx) {
        Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(document().toString());
        endPatterns(document);
        JsonObject contract = new JsonObject(document);
        contract.getJsonObject("paths").forEach(path -> {
            JsonObject operations = (JsonObject) path.getValue();
            operations.stream().filter(o -> o.getValue() instanceof JsonObject)
                    .forEach(o -> keepValidatable(((JsonObject) o.getValue()).getJsonObject("responses")));
        });
        JsonObject components = contract.getJsonObject("components");
        keepValidatable(components.getJsonObject("responses"));
        // Of twelve forms that a content is none of, the validator would list every broken rule: its reader says the one that counts.
        components.getJsonObject("schemas").put("Content", new JsonObject().put("type", "object"));
        return OpenAPIContract.from(vertx, contract);
    }

    @SuppressWarnings("unchecked") // A YAML map of this document has texts as keys.
    private static void endPatterns(@Nullable Object part) {
        switch (part) {
            case Map<?, ?> map -> {
                map.values().forEach(Contract::endPatterns);
                ((Map<String, Object>) map).computeIfPresent("pattern",
                        (_, pattern) -> pattern instanceof String text && text.endsWith("$")
                                ? text.substring(0, text.length() - 1) + "\\z"
                                : pattern);
            }
            case List<?> list -> list.forEach(Contract::endPatterns);
            case null, default -> {
                // Nothing that holds a pattern.
            }
        }
    }

    private static void keepValidatable(JsonObject responses) {
        responses.forEach(response -> {
            JsonObject content = ((JsonObject) response.getValue()).getJsonObject("content");
            if (content != null) {
                List<String> others = content.fieldNames().stream().filter(t -> !MediaType.isMediaTypeSupported(t))
                        .toList();
                others.forEach(content::remove);
            }
        });
    }

    static Buffer resource(String path) {
        try (InputStream in = Contract.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + path);
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
