package io.wafleet.gateway.http;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

final class ValueCountTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            [0,0,0] | 4
            {"a":1,"b":[{},{}]} | 7
            "a,b[{" | 1
            ["\\",",",","\\\\",2] | 5
            """)
    void countsValuesAndNotWhatTextsHold(String json, int values) {
        assertThat(ValueCount.isWithin(Buffer.buffer(json), values)).isTrue();
        assertThat(ValueCount.isWithin(Buffer.buffer(json), values - 1)).isFalse();
    }

    @Test
    void whatEndsInTheMiddleIsCountedToItsEnd() {
        assertThat(ValueCount.isWithin(Buffer.buffer("[\"a\\"), 2)).isTrue();
    }
}
