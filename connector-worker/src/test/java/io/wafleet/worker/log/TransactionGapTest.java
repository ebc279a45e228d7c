package io.wafleet.worker.log;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TransactionGapTest {
    @Test
    void aGapIsAsLongAsTheTransactionTook() {
        assertThat(TransactionGap.after(Duration.ofMillis(20), TransactionGap.FEW_BATCHES))
                .isEqualTo(Duration.ofMillis(20));
    }

    @Test
    void afterOneWithMuchInItItIsFourTimesAsLong() {
        assertThat(TransactionGap.after(Duration.ofMillis(20), TransactionGap.FEW_BATCHES + 1))
                .isEqualTo(Duration.ofMillis(80));
    }

    @Test
    void theBrokerIsAlwaysLeftAMoment() {
        assertThat(TransactionGap.after(Duration.ofMillis(1), 1)).isEqualTo(TransactionGap.LEAST);
    }

    @Test
    void nobodyWaitsForLongerThanTheMost() {
        assertThat(TransactionGap.after(Duration.ofSeconds(5), 1)).isEqualTo(TransactionGap.MOST);
        assertThat(TransactionGap.after(Duration.ofSeconds(5), 1000)).isEqualTo(TransactionGap.MOST);
    }
}
