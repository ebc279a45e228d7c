package io.wafleet.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever type is printed into a log by mistake: no phone, QR, code, token, credential or message text shows. */
final class PrivacyTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private static java.util.List<ContractType> all() {
        return ContractType.ALL;
    }

    @ParameterizedTest
    @MethodSource("all")
    void printsNothingPrivate(ContractType type) throws IOException {
        for (String form : type.forms().keySet()) {
            byte[] json = Files.readAllBytes(GOLDEN.resolve(type.name()).resolve(form + ".json"));
            assertThat(JsonCodec.decode(json, type.type()).toString()).doesNotContain("40712345678")
                    .doesNotContain("40712345679").doesNotContain("2@abc").doesNotContain("ABCD1234")
                    .doesNotContain("s3cr3t").doesNotContain("AXq1w7k").doesNotContain("lume");
        }
    }
}
