package io.wafleet.gateway.http;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class GivenIdsTest {
    @Test
    void readsWhatIsAnId() {
        assertThat(GivenIds.account("id", "a-1._")).isEqualTo(new AccountId("a-1._"));
        assertThat(GivenIds.message("id", "3EB0:=")).isEqualTo(new MessageId("3EB0:="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop\n", "shop\u2028", "a/b", "_a"})
    void namesFieldAndRuleOfWhatIsNone(String written) {
        Problem account = catchThrowableOfType(Problem.class, () -> GivenIds.account("accountId", written));
        assertThat(account.status()).isEqualTo(400);
        assertThat(account).hasMessage("accountId: must be 1 to 128 of A-Z a-z 0-9 _ . -, the first a letter or digit");
        assertThat(catchThrowableOfType(Problem.class, () -> GivenIds.message("id", written)))
                .hasMessageStartingWith("id: must be 1 to 128 of A-Z a-z 0-9 _ . : = -");
    }
}
