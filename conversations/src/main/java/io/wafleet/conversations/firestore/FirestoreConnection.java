package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreException;
import com.google.cloud.firestore.FirestoreOptions;
import io.wafleet.settings.InvalidSettingsException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes a connection, or says what the user can mend. */
final class FirestoreConnection {
    /** Held, or the JDK would forget its level. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    private FirestoreConnection() {}

    static FirestoreSession open(String project) {
        // whatever it warns of, with its stack, also reaches the caller as a failure
        GRPC.setLevel(Level.SEVERE);
        return new FirestoreSession(client(project), FirestoreSession.PATIENCE);
    }

    /** {@code FIRESTORE_EMULATOR_HOST} leads to an emulator, without credentials. */
    private static Firestore client(String project) {
        FirestoreOptions.Builder options = FirestoreOptions.newBuilder();
        if (!project.isEmpty()) {
            options.setProjectId(project);
        }
        FirestoreOptions built = options.build();
        if (built.getProjectId() == null) {
            throw problem("names no project, and the environment has none");
        }
        try {
            return built.getService();
        } catch (FirestoreException _) {
            throw problem("Google's client finds no credentials (gcloud auth application-default login, or"
                    + " GOOGLE_APPLICATION_CREDENTIALS), and FIRESTORE_EMULATOR_HOST is not set");
        }
    }

    private static InvalidSettingsException problem(String why) {
        return new InvalidSettingsException(List.of("--store-firestore-project: " + why));
    }
}
