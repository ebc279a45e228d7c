package io.wafleet.worker.connector;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What survives a restart of an account's session, in parts that the connector names. Immutable; secret.
 *
 * @param parts by name; values are opaque to all but the connector
 */
public record Credentials(Map<String, Part> parts) {
    public static final Credentials NONE = new Credentials(Map.of());

    /** One part. It must not be changed after it was given away. */
    public static final class Part {
        private final byte[] bytes;

        public Part(byte[] bytes) {
            this.bytes = bytes;
        }

        public byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "Part[" + bytes.length + " bytes]";
        }
    }

    /**
     * Parts to put, and parts to remove (empty).
     *
     * @param parts by name
     */
    public record Changes(Map<String, Optional<Part>> parts) {
        public static final Changes NONE = new Changes(Map.of());

        public Changes {
            parts = Map.copyOf(parts);
        }

        public boolean isEmpty() {
            return parts.isEmpty();
        }

        /** Names only: values are secret. */
        @Override
        public String toString() {
            return "Changes" + parts.keySet();
        }
    }

    public Credentials {
        parts = Map.copyOf(parts);
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** These credentials with the changes made. */
    public Credentials with(Changes changes) {
        Map<String, Part> next = new HashMap<>(parts);
        changes.parts.forEach((name, part) -> part.ifPresentOrElse(p -> next.put(name, p), () -> next.remove(name)));
        return new Credentials(next);
    }

    /** Names only: values are secret. */
    @Override
    public String toString() {
        return "Credentials" + parts.keySet();
    }
}
