package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import io.wafleet.settings.InvalidSettingsException;
import java.util.List;

/** Makes a connection, or says what the user can mend. */
final class FirestoreConnection {
    private FirestoreConnection() {}

    static FirestoreSession open(String project) {
        return new FirestoreSession(client(project), FirestoreSession.PATIENCE);
    }

    /** {@code FIRESTORE_EMULATOR_HOST} leads to an emulator, without credentials. */
    private static Firestore client(String project) {
        FirestoreOptions.Builder options = FirestoreOptions.newBuilder();
        if (!project.isEmpty()) {
            options.setProjectId(project);
        }
        try {
            return options.build().getService();
        } catch (IllegalArgumentException | NullPointerException _) {
            throw problem("names no project, and the environment has none");
        } catch (RuntimeException _) {
            throw problem("Google's client finds no credentials (gcloud auth application-default login, or"
                    + " GOOGLE_APPLICATION_CREDENTIALS), and FIRESTORE_EMULATOR_HOST is not set");
        }
    }

    private static InvalidSettingsException problem(String why) {
        return new InvalidSettingsException(List.of("--store-firestore-project: " + why));
    }
}
