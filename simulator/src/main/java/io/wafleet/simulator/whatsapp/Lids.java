package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import java.math.BigInteger;
import java.util.Optional;

/** Each phone's LID: a number that hides it. Worked out rather than kept, both ways. */
final class Lids {
    private static final String LID = "@lid";
    private static final int DIGITS = 15;
    private static final BigInteger RANGE = BigInteger.TEN.pow(DIGITS);
    private static final BigInteger KEY = BigInteger.valueOf(618_033_988_749_897L);
    private static final BigInteger BACK = KEY.modInverse(RANGE);

    private Lids() {}

    static Chat of(PhoneNumber phone) {
        BigInteger hidden = new BigInteger(phone.digits()).multiply(KEY).mod(RANGE);
        return new Chat("1" + padded(hidden) + LID);
    }

    /** Whose it is; empty when it is no LID, or nobody's. */
    static Optional<PhoneNumber> phone(Chat chat) {
        if (!chat.jid().endsWith(LID) || chat.jid().length() != 1 + DIGITS + LID.length()
                || chat.jid().charAt(0) != '1') {
            return Optional.empty();
        }
        BigInteger hidden = new BigInteger(chat.jid().substring(1, 1 + DIGITS));
        try {
            return Optional.of(new PhoneNumber("+" + hidden.multiply(BACK).mod(RANGE)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String padded(BigInteger number) {
        String digits = number.toString();
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
