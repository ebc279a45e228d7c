package io.wafleet.worker.connector;

/**
 * Text that WhatsApp says as it likes, cut where it enters: it ends in a record of the journal or of events, and one that is larger than
 * the broker takes can never be written.
 */
final class FreeText {
    /** For reasons, and texts that only programs read; a QR has some 240. */
    static final int LONGEST = 1_000;
    /** For names. WhatsApp itself takes 25 for a person, 100 for a group. */
    static final int LONGEST_NAME = 200;

    private FreeText() {}

    /** At most so many characters, and no half of one at the end. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
