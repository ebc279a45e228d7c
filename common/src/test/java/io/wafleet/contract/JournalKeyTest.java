package io.wafleet.contract;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class JournalKeyTest {

    @Test
    void isReadAsItWasWritten() {
        AccountId account = new AccountId("account_prod_x");
        List<JournalKey> keys = List.of(new JournalKey.Partition(),
                new JournalKey.Owner(new TransactionalId("wafleet.worker-1-ab")), new JournalKey.Account(account),
                new JournalKey.Credential(account, "session/40712345678.0"));
        assertThat(keys).allSatisfy(key -> assertThat(JournalKey.parse(key.text())).isEqualTo(key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "partition/1", "owner", "owner/", "account/a/b", "credential/a", "else/a"})
    void refusesOtherForms(String text) {
        assertThatThrownBy(() -> JournalKey.parse(text)).isInstanceOf(UnreadableRecordException.class);
    }
}
