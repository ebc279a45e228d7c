package io.wafleet.cli.moving;

import io.wafleet.contract.JsonCodec;
import io.wafleet.conversations.moving.OriginalDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** A folder with one file for each collection of the original: an object of path and document. It is only read. */
public record OriginalFolder(Path folder) {
    private static final TypeReference<Map<String, Object>> DOCUMENTS = new TypeReference<>() {
    };

    /**
     * Reads all files that are there.
     *
     * @throws CannotMoveException when there is none, or one cannot be understood
     */
    public List<OriginalDocument> read() {
        List<OriginalDocument> all = new ArrayList<>();
        int files = 0;
        for (String collection : OriginalDocument.COLLECTIONS) {
            Path file = folder.resolve(collection + ".json");
            if (Files.exists(file)) {
                files++;
                documents(file).forEach((path, value) -> all.add(document(path, value)));
            }
        }
        if (files == 0) {
            throw new CannotMoveException(folder + " holds none of "
                    + String.join(".json, ", OriginalDocument.COLLECTIONS) + ".json");
        }
        return all;
    }

    /** One that is none does not stop the others. */
    private static OriginalDocument document(String path, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return OriginalDocument.unreadable(path, "the document is no object");
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, field) -> {
            if (field != null) {
                fields.put(String.valueOf(name), field);
            }
        });
        return new OriginalDocument(path, fields);
    }

    private static Map<String, Object> documents(Path file) {
        try {
            return JsonCodec.mapper().readValue(Files.readAllBytes(file), DOCUMENTS);
        } catch (JacksonException e) {
            // its message would repeat what people wrote
            throw new CannotMoveException(file + ": is no object of path and document"
                    + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        }
    }
}
