package io.wafleet.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import io.wafleet.contract.PhoneNumber;
import java.util.Locale;
import java.util.Optional;

/** Reads phone numbers in whatever notation people write them, by Google's libphonenumber. Thread-safe. */
public final class PhoneNumbers {
    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    private final String defaultRegion;

    /**
     * @param defaultRegion ISO 3166 country of numbers without a country code, such as {@code RO}
     * @throws IllegalArgumentException when libphonenumber does not know the region
     */
    public PhoneNumbers(String defaultRegion) {
        this.defaultRegion = defaultRegion.toUpperCase(Locale.ROOT);
        if (!util.getSupportedRegions().contains(this.defaultRegion)) {
            throw new IllegalArgumentException("default region must be an ISO 3166 country code");
        }
    }

    /** The canonical number; empty when what is written is no possible phone number, or an extension of one. */
    public Optional<PhoneNumber> parse(String written) {
        if (written.strip().chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return read(written).or(() -> written.startsWith("+") ? Optional.empty() : read("+" + written.trim()));
    }

    private Optional<PhoneNumber> read(String written) {
        try {
            Phonenumber.PhoneNumber number = util.parse(written, defaultRegion);
            return util.isPossibleNumber(number) && !number.hasExtension()
                    ? Optional.of(new PhoneNumber(util.format(number, PhoneNumberUtil.PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
