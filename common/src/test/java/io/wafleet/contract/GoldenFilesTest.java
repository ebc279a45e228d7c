package io.wafleet.contract;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Each form of each type has a file with all of its fields; what others have written must stay readable. */
final class GoldenFilesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private record Golden(ContractType type, String form, Class<?> record) {
        Path file() {
            return GOLDEN.resolve(type.name()).resolve(form + ".json");
        }

        @Override
        public String toString() {
            return type.name() + "/" + form;
        }
    }

    private static List<Golden> all() {
        return ContractType.ALL.stream()
                .flatMap(t -> t.forms().entrySet().stream().map(f -> new Golden(t, f.getKey(), f.getValue()))).toList();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isReadAndWrittenAsItStands(Golden golden) throws IOException {
        byte[] json = Files.readAllBytes(golden.file());
        Object value = JsonCodec.decode(json, golden.type().type());
        assertThat(value).isInstanceOf(golden.record());
        assertThat(tree(JsonCodec.encode(value))).isEqualTo(tree(json));
    }

    @ParameterizedTest
    @MethodSource("all")
    void hasEveryField(Golden golden) throws IOException {
        Set<String> wanted = Arrays.stream(golden.record().getRecordComponents()).map(RecordComponent::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        wanted.add("type");
        if (Versioned.class.isAssignableFrom(golden.record())) {
            wanted.add("v");
        }
        JsonNode json = tree(Files.readAllBytes(golden.file()));
        assertThat(new TreeSet<>(json.propertyNames())).isEqualTo(wanted);
    }

    @Test
    void everyFormHasAFileAndEveryFileAForm() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactlyInAnyOrderElementsOf(
                    all().stream().map(Golden::file).toList());
        }
    }

    private static JsonNode tree(byte[] json) {
        return JsonCodec.mapper().readTree(json);
    }
}
