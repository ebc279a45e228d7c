package io.wafleet.gateway.http;

/** Names that people give accounts. */
final class AccountNames {
    private AccountNames() {}

    /** @throws Problem when it could not be shown in one line */
    static String read(String written) {
        String name = written.strip();
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw Problem.invalid("name: must hold no control character");
        }
        return name;
    }
}
