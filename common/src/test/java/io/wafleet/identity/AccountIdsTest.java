package io.wafleet.identity;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Ids that exist in the field must come out the same; where the old canonical form was wrong, the right one counts. */
final class AccountIdsTest {
    private static final PhoneNumbers PHONES = new PhoneNumbers("RO");
    private static final AccountIds IDS = new AccountIds("prod");

    private static AccountId id(String written) {
        return IDS.of(PHONES.parse(written).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0712345678", "+40712345678", "40712345678", "(407) 123-456-78", "0712-345-678",
        "+40 712 345 678", "tel:+40712345678", " 0712 345 678 ", "0040 712 345 678", "+40 (0) 712 345 678",
        "00 40 712345678"})
    void onePhoneIsOneIdInWhateverNotation(String written) {
        assertThat(PHONES.parse(written)).contains(new PhoneNumber("+40712345678"));
        assertThat(id(written).value()).isEqualTo("account_prod_cd7b11e308a59fd9ab810bce5faf8393");
    }

    @ParameterizedTest
    @CsvSource({"+44 20 7946 0958,+442079460958,f0bf0228144d9fe2bdf1da2d8ca698f1",
        "447946095812,+447946095812,124350152ef8c2243094b7a16492add5",
        "+1 (202) 555-0123,+12025550123,d5ab8b77e69a81dfc634c3556c620d5d",
        "12025550123,+12025550123,d5ab8b77e69a81dfc634c3556c620d5d"})
    void foreignNumbersKeepTheirIds(String written, String e164, String hash) {
        assertThat(PHONES.parse(written)).contains(new PhoneNumber(e164));
        assertThat(id(written).value()).isEqualTo("account_prod_" + hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "+", "0", "00", "07", "+40", "123", "++40712345678999999999",
        "40712345678901234567", "+999712345678"})
    void whatIsNoPossibleNumberIsNeverHashed(String written) {
        assertThat(PHONES.parse(written)).isEmpty();
    }

    @Test
    void namespaceIsPartOfTheId() {
        assertThat(new AccountIds("staging").of(new PhoneNumber("+40712345678")).value())
                .isEqualTo("account_staging_cd7b11e308a59fd9ab810bce5faf8393");
        assertThatThrownBy(() -> new AccountIds("Prod!")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void olderIdsAreCandidatesAfterTheStableOne() {
        String hash = "cd7b11e308a59fd9ab810bce5faf8393";
        assertThat(IDS.candidates(new PhoneNumber("+40712345678"))).extracting(AccountId::value).containsExactly(
                "account_prod_" + hash, "account_dev_" + hash, "account_development_" + hash,
                "account_production_" + hash);
        assertThat(new AccountIds("dev").candidates(new PhoneNumber("+40712345678"))).hasSize(3);
    }

    @Test
    void regionDecidesOnlyNumbersWithoutCountry() {
        PhoneNumbers german = new PhoneNumbers("de");
        assertThat(german.parse("0171 1234567")).contains(new PhoneNumber("+491711234567"));
        assertThat(german.parse("+40712345678")).contains(new PhoneNumber("+40712345678"));
        assertThatThrownBy(() -> new PhoneNumbers("XX")).isInstanceOf(IllegalArgumentException.class);
    }
}
