package io.wafleet.contract;

/** The keys of the journal topic, and how they are written. */
public sealed interface JournalKey {
    /** The key as it stands on the topic. */
    String text();

    /** {@code partition}. */
    record Partition() implements JournalKey {
        @Override
        public String text() {
            return "partition";
        }
    }

    /** {@code owner/<transactional id>}. */
    record Owner(TransactionalId transactionalId) implements JournalKey {
        @Override
        public String text() {
            return "owner/" + transactionalId.value();
        }
    }

    /** {@code account/<id>}. */
    record Account(AccountId account) implements JournalKey {
        @Override
        public String text() {
            return "account/" + account.value();
        }
    }

    /**
     * {@code credential/<id>/<key>}.
     *
     * @param key the connector's own name of the part; may hold slashes
     */
    record Credential(AccountId account, String key) implements JournalKey {
        @Override
        public String text() {
            return "credential/" + account.value() + "/" + key;
        }

        @Override
        public String toString() {
            return "Credential[" + account + ", " + withoutNumbers(key) + "]";
        }

        static String withoutNumbers(String key) {
            return key.replaceAll("[0-9]{6,}", "****");
        }
    }

    /**
     * Reads a key.
     *
     * @throws UnreadableRecordException when it has none of the four forms
     */
    static JournalKey parse(String text) {
        try {
            String[] parts = text.split("/", 3);
            return switch (parts[0] + "/" + parts.length) {
                case "partition/1" -> new Partition();
                case "owner/2" -> new Owner(new TransactionalId(parts[1]));
                case "account/2" -> new Account(new AccountId(parts[1]));
                case "credential/3" -> new Credential(new AccountId(parts[1]), parts[2]);
                default -> throw new UnreadableRecordException("journal key has no known form");
            };
        } catch (IllegalArgumentException e) {
            throw new UnreadableRecordException("journal key: " + e.getMessage());
        }
    }
}
