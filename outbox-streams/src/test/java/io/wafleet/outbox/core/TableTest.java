package io.wafleet.outbox.core;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TableTest {
    @Test
    void noTwoTablesShareATag() {
        assertThat(Table.all()).extracting(Table::tag).doesNotHaveDuplicates();
    }
}
