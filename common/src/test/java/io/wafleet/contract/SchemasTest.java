package io.wafleet.contract;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.wafleet.docs.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

import static org.assertj.core.api.Assertions.assertThat;

/** The published JSON Schemas say what the code does. */
final class SchemasTest {
    private static List<ContractType> all() {
        return ContractType.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void publishedSchemaIsTheGeneratedOne(ContractType type) {
        String text = JsonCodec.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build()
                .writeValueAsString(JsonSchemas.of(type));
        GeneratedFile.check("docs/schemas/" + type.name() + ".json", text + "\n");
    }

    @ParameterizedTest
    @MethodSource("all")
    void goldenFilesAreValid(ContractType type) throws IOException {
        Schema schema = schema(type);
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden", type.name()))) {
            for (Path file : files.toList()) {
                assertThat(schema.validate(JsonCodec.mapper().readTree(Files.readAllBytes(file)))).as(file.toString())
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRecordWithoutItsTypeOrARequiredFieldIsInvalid(ContractType type) throws IOException {
        Schema schema = schema(type);
        assertThat(schema.validate(JsonCodec.mapper().readTree("{\"type\":\"no such type\"}"))).isNotEmpty();
        assertThat(schema.validate(JsonCodec.mapper().readTree("{}"))).isNotEmpty();
    }

    private static Schema schema(ContractType type) {
        JsonNode schema = JsonCodec.mapper().readTree(JsonSchemas.of(type).toString());
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    }
}
