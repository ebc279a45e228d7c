package io.wafleet.cli.moving;

import io.wafleet.contract.JsonCodec;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.ImportedSessions;
import io.wafleet.conversations.moving.MovedSession;
import io.wafleet.worker.sealing.CredentialCipher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of the original, as the store has them or is to have them: {@code {"files": {"creds.json": "...", ...}}}, sealed with the fleet's
 * keys.
 */
final class SessionsHere {
    private final List<MovedSession> sessions;
    private final @Nullable ConversationStore store;
    private final @Nullable CredentialCipher cipher;

    SessionsHere(List<MovedSession> sessions, @Nullable ConversationStore store, @Nullable CredentialCipher cipher) {
        this.sessions = sessions;
        this.store = store;
        this.cipher = cipher;
    }

    /**
     * How they are.
     *
     * @param here kept, whatever they say
     * @param fresh not kept yet
     * @param changed kept, and saying something else, or sealed with keys of earlier; unknown without keys, then 0
     */
    record Counts(long here, long fresh, long changed) {}

    Counts counts() {
        long here = sessions.stream().filter(s -> sealed(s).isPresent()).count();
        long same = sessions.stream().filter(this::isKept).count();
        return new Counts(here, sessions.size() - here, here - same);
    }

    /**
     * Checks that they can be sealed.
     *
     * @throws CannotMoveException when they cannot
     */
    void requireKeys() {
        if (cipher == null && !sessions.isEmpty()) {
            throw new CannotMoveException("the source has sessions, which must be sealed: give --credential-keys-file,"
                    + " the same file as the workers'");
        }
    }

    /** Keeps those that are not yet. */
    void keep() {
        sessions.stream().filter(session -> !isKept(session)).forEach(session -> Objects.requireNonNull(store)
                .keepImportedSession(session.account(), Objects.requireNonNull(cipher)
                        .seal(session.account(), ImportedSessions.SEALED_AS, bytes(session))
                        .getBytes(StandardCharsets.US_ASCII)));
    }

    private Optional<byte[]> sealed(MovedSession session) {
        return store == null ? Optional.empty() : store.importedSession(session.account());
    }

    /** Whether what is kept says the same; without keys, whether anything is. */
    private boolean isKept(MovedSession session) {
        Optional<byte[]> sealed = sealed(session);
        if (sealed.isEmpty() || cipher == null) {
            return sealed.isPresent();
        }
        try {
            return Arrays.equals(bytes(session), cipher.open(session.account(), ImportedSessions.SEALED_AS,
                    new String(sealed.get(), StandardCharsets.US_ASCII)));
        } catch (CredentialCipher.UnsealableException _) {
            return false; // Sealed with keys of earlier: sealed anew with those that count now.
        }
    }

    private static byte[] bytes(MovedSession session) {
        return JsonCodec.encode(Map.of("files", new TreeMap<>(session.files())));
    }
}
