package io.wafleet.logging;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class PhoneMaskTest {

    @ParameterizedTest
    @CsvSource({"+40712345678,+407****78", "call +40712345678 now,call +407****78 now",
        "40712345678@s.whatsapp.net,407****78@s.whatsapp.net", "phone=40712345678;,phone=407****78;",
        "'+40712345678,+12025550123','+407****78,+120****23'", "ends with 0712345678.,ends with 071****78."})
    void hidesPhonesWhereverTheyStand(String text, String masked) {
        assertThat(PhoneMask.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing here", "took 1234 ms", "2026-11-22T10:15:30.123Z",
        "account_prod_cd7b11e308a59fd9ab810bce5faf8393", "epoch e1795342530", "127.0.0.1:9092",
        "3EB0A1B2C3D4E5F6A7B8C9", "offset 123456789"})
    void leavesIdsTimesAndSmallNumbers(String text) {
        assertThat(PhoneMask.mask(text)).isEqualTo(text);
    }
}
