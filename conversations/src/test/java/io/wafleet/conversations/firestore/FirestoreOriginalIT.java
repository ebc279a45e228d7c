package io.wafleet.conversations.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import io.wafleet.contract.AccountId;
import io.wafleet.conversations.moving.Census;
import io.wafleet.conversations.moving.MovePlan;
import io.wafleet.conversations.moving.Original;
import io.wafleet.conversations.moving.OriginalDocument;
import io.wafleet.conversations.moving.OriginalFixture;
import io.wafleet.conversations.moving.Rehearsal;
import io.wafleet.identity.PhoneNumbers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The original's documents in Firestore itself, where wafleet keeps its own too. */
final class FirestoreOriginalIT {
    private static List<OriginalDocument> read(String project) {
        FirestoreSession session = new FirestoreSession(FirestoreEmulator.shared().client(project),
                FirestoreSession.PATIENCE);
        try (FirestoreOriginal original = new FirestoreOriginal(session)) {
            return original.read(_ -> {
            });
        }
    }

    private static Object asWritten(Object value) {
        if (value instanceof Map<?, ?> map && map.get("_seconds") instanceof Number seconds) {
            return Timestamp.ofTimeSecondsAndNanos(seconds.longValue(), 0);
        }
        return value;
    }

    private static void write(Firestore client) throws Exception {
        for (OriginalDocument document : OriginalFixture.documents()) {
            Map<String, Object> fields = new LinkedHashMap<>();
            document.fields().forEach((name, value) -> fields.put(name, asWritten(value)));
            client.document(document.path()).set(fields).get();
        }
    }

    /** In one project: what the original kept of a person is erased with what wafleet made of it. */
    @Test
    void anErasureLeavesNothingOfTheAccountWhereBothWrote() throws Exception {
        String project = FirestoreEmulator.newProject();
        AccountId shop = new AccountId(OriginalFixture.SHOP);
        Firestore client = FirestoreEmulator.shared().client(project);
        try (FirestoreConversationStore store = FirestoreEmulator.shared().store(project)) {
            write(client);
            MovePlan plan = Original.plan(read(project), new PhoneNumbers("RO"));
            store.apply(plan.changes());
            store.keepImportedSession(shop, new byte[]{1});
            store.erase(shop, Instant.now());
            assertThat(client.document("wa_sessions/" + shop).get().get().exists()).isFalse();
            assertThat(client.document("accounts/" + shop).get().get().exists()).isFalse();
            assertThat(store.importedSession(shop)).isEmpty();
            for (String collection : List.of("threads", "messages")) {
                assertThat(client.collectionGroup(collection).whereEqualTo("accountId", shop.value()).get().get()
                        .getDocuments()).as(collection).isEmpty();
            }
            assertThat(Census.of(store, plan.conversationsOf()).documents().keySet()).isNotEmpty()
                    .noneMatch(path -> path.contains(shop.value()));
            assertThat(client.document("accounts/account_1700000000000").get().get().exists()).isTrue();
        } finally {
            client.close();
        }
    }

    @Test
    void readsWhatTheOriginalWroteAndNothingOfWafleet() throws Exception {
        String project = FirestoreEmulator.newProject();
        Firestore client = FirestoreEmulator.shared().client(project);
        try {
            write(client);
        } finally {
            client.close();
        }
        MovePlan plan = Original.plan(read(project), new PhoneNumbers("RO"));
        Set<String> paths = Rehearsal.of(plan).paths();
        assertThat(paths).isEqualTo(Rehearsal.of(OriginalFixture.plan()).paths());
        assertThat(plan.sessions()).hasSize(1);

        String own = FirestoreEmulator.newProject();
        try (FirestoreConversationStore store = FirestoreEmulator.shared().store(own)) {
            store.apply(plan.changes());
            Census first = Census.of(store, plan.conversationsOf());
            assertThat(first.documents().keySet()).containsExactlyInAnyOrderElementsOf(paths);
            store.apply(plan.changes());
            assertThat(Census.of(store, plan.conversationsOf())).isEqualTo(first);
        }
        assertThat(read(own).stream().filter(d -> d.path().contains("/messages/"))).isEmpty();
    }
}
