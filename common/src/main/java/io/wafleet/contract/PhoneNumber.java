package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A phone number in canonical form. Notations are read by {@code PhoneNumbers}; this type only guards the form, and prints
 * itself masked.
 *
 * @param e164 {@code +} and 4 to 15 digits
 */
public record PhoneNumber(@JsonValue String e164) {
    private static final int MIN_DIGITS = 4;
    private static final int MAX_DIGITS = 15;
    private static final int SHOWN_HEAD = 3;
    private static final int SHOWN_TAIL = 2;

    @JsonCreator
    public PhoneNumber {
        if (!e164.startsWith("+") || e164.startsWith("0", 1)
                || !Letters.areDigits(e164, 1, e164.length(), MIN_DIGITS, MAX_DIGITS)) {
            throw new IllegalArgumentException("phone must be + and 4 to 15 digits");
        }
    }

    /** The number without its plus, as WhatsApp writes it in a JID. */
    public String digits() {
        return e164.substring(1);
    }

    /** The number for logs and pages: {@code +407****78}. */
    public String masked() {
        return "+" + mask(digits());
    }

    /** Masks a run of digits: the first three and the last two stay. */
    public static String mask(String digits) {
        if (digits.length() <= SHOWN_HEAD + SHOWN_TAIL) {
            return "****";
        }
        return digits.substring(0, SHOWN_HEAD) + "****" + digits.substring(digits.length() - SHOWN_TAIL);
    }

    @Override
    public String toString() {
        return masked();
    }
}
