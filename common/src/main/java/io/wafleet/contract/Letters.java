package io.wafleet.contract;

/**
 * The form of names on the wire: first a letter or digit, then letters, digits and a few signs. By hand rather than by a pattern, for a
 * name is checked whenever a record is read, and a message is read some twenty times on its way.
 */
final class Letters {
    private Letters() {}

    /** Whether it is 1 to {@code longest} ASCII letters, digits and {@code signs}, of which the first is no sign. */
    static boolean areName(String value, String signs, int longest) {
        if (value.isEmpty() || value.length() > longest || !isAlphanumeric(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isAlphanumeric(c) && signs.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code from} (inclusive) to {@code to} (exclusive) are {@code least} to {@code most} decimal digits. */
    static boolean areDigits(String value, int from, int to, int least, int most) {
        if (to - from < least || to - from > most) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isDigit(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
