package io.wafleet.conversations.firestore;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Each kind of query has the index that Firestore would refuse it without; and none is kept for nothing. */
final class QueryShapeTest {
    private static final JsonNode FILE = file();

    private static JsonNode file() {
        try {
            return new JsonMapper()
                    .readTree(Files.readString(FirestoreEmulator.root().resolve("firestore.indexes.json")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** An index over several fields; null: the query needs none but those that Firestore keeps of each field by itself. */
    private static @Nullable String composite(QueryShape shape) {
        return shape.equalTo() == null || shape.newestBy() == null
                ? null
                : shape.collection() + " " + (shape.inAllParents() ? "COLLECTION_GROUP" : "COLLECTION") + " "
                        + List.of(shape.equalTo() + " ASCENDING", shape.newestBy() + " DESCENDING");
    }

    private static String composite(JsonNode index) {
        return index.get("collectionGroup").asString() + " " + index.get("queryScope").asString() + " "
                + stream(index.get("fields"))
                        .map(f -> f.get("fieldPath").asString() + " " + f.get("order").asString()).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @ParameterizedTest
    @EnumSource
    void hasTheIndexThatItNeeds(QueryShape shape) {
        String composite = composite(shape);
        if (composite != null) {
            assertThat(stream(FILE.get("indexes")).map(QueryShapeTest::composite)).contains(composite);
        } else if (shape.newestBy() != null) {
            assertSingle(shape, shape.newestBy(), "DESCENDING");
        } else if (shape.equalTo() != null) {
            assertSingle(shape, shape.equalTo(), "ASCENDING");
        } else {
            assertThat(shape.inAllParents()).as("the order of ids needs no index within one collection").isFalse();
        }
    }

    /** Firestore indexes each field by itself within its collection, both ways, unless an override says otherwise. */
    private static void assertSingle(QueryShape shape, String field, String order) {
        String scope = shape.inAllParents() ? "COLLECTION_GROUP" : "COLLECTION";
        List<JsonNode> overrides = stream(FILE.get("fieldOverrides"))
                .filter(o -> o.get("collectionGroup").asString().equals(shape.collection())
                        && o.get("fieldPath").asString().equals(field))
                .toList();
        if (overrides.isEmpty()) {
            assertThat(shape.inAllParents()).as("an index over all parents must be asked for").isFalse();
        } else {
            assertThat(stream(overrides.getFirst().get("indexes"))
                    .map(i -> i.get("order").asString() + " " + i.get("queryScope").asString()))
                    .contains(order + " " + scope);
        }
    }

    @Test
    void noCompositeIndexIsKeptForNothing() {
        List<@Nullable String> needed = Arrays.stream(QueryShape.values())
                .<@Nullable String>map(QueryShapeTest::composite).toList();
        assertThat(stream(FILE.get("indexes")).map(QueryShapeTest::composite)).isSubsetOf(needed);
    }

    @Test
    void everyStateStaysOutOfTheIndexes() {
        assertThat(stream(FILE.get("fieldOverrides")).filter(o -> o.get("fieldPath").asString().equals(Encoding.STATE))
                .map(o -> o.get("collectionGroup").asString()))
                .contains(Places.ACCOUNTS, Places.THREADS, Places.MESSAGES, Places.LIDS);
    }
}
