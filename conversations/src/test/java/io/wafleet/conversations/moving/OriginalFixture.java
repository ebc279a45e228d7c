package io.wafleet.conversations.moving;

import io.wafleet.contract.JsonCodec;
import io.wafleet.identity.PhoneNumbers;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

import static java.util.Objects.requireNonNull;

/** Documents as the original left them, with all of its warts. */
public final class OriginalFixture {
    public static final String SHOP = "account_prod_cd7b11e308a59fd9ab810bce5faf8393";

    private static final TypeReference<Map<String, Map<String, Object>>> DOCUMENTS = new TypeReference<>() {
    };

    private OriginalFixture() {}

    public static List<OriginalDocument> documents() {
        List<OriginalDocument> all = new ArrayList<>();
        for (String collection : OriginalDocument.COLLECTIONS) {
            try (InputStream in = requireNonNull(
                    OriginalFixture.class.getResourceAsStream("/original/" + collection + ".json"))) {
                JsonCodec.mapper().readValue(in, DOCUMENTS)
                        .forEach((path, fields) -> all.add(new OriginalDocument(path, fields)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return all;
    }

    public static MovePlan plan() {
        return Original.plan(documents(), new PhoneNumbers("RO"));
    }
}
