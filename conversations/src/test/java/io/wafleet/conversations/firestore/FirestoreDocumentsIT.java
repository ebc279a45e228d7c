package io.wafleet.conversations.firestore;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.conversations.Alias;
import io.wafleet.conversations.BackupStamp;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.CredentialBackup;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.Samples;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoredMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.LID;
import static io.wafleet.conversations.Samples.PHONE;
import static io.wafleet.conversations.Samples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What only Firestore's store does: the original's documents, beside those of other programs, and work in several commits. */
final class FirestoreDocumentsIT {
    private final Samples a = new Samples(new AccountId("account_1"));
    private final String project = FirestoreEmulator.newProject();
    private Firestore client;
    private ConversationStore store;

    @BeforeEach
    void open() {
        client = FirestoreEmulator.shared().client(project);
        store = FirestoreEmulator.shared().store(project);
    }

    @AfterEach
    void close() throws Exception {
        if (client != null) {
            client.close();
            store.close();
        }
    }

    private DocumentSnapshot document(String path) throws Exception {
        return client.document(path).get().get();
    }

    private static Timestamp time(Instant instant) {
        return Encoding.timestamp(instant);
    }

    private List<String> texts() {
        return store.messages(a.thread(PHONE), PageRequest.first(100)).items().stream().map(StoredMessage::text)
                .toList();
    }

    @Test
    void documentsHaveTheOriginalsPathsAndFields() throws Exception {
        store.apply(List.of(a.account(7, second(1), AccountStatus.CONNECTED), a.text(PHONE, "M1", 5, "hello")));
        assertThat(document("accounts/account_1").getData()).containsEntry("status", "connected")
                .containsEntry("name", "Front desk").containsEntry("updatedAt", time(second(1)));
        String thread = "threads/account_1__" + PHONE.jid();
        assertThat(document(thread).getData()).containsEntry("accountId", "account_1")
                .containsEntry("lastMessagePreview", "hello").containsEntry("lastMessageAt", time(second(5)))
                .containsEntry("lastMessageAtMs", second(5).toEpochMilli()).containsEntry("unreadCount", 1L)
                .containsEntry("displayName", "Ana");
        assertThat(document(thread + "/messages/M1").getData()).containsEntry("body", "hello")
                .containsEntry("direction", "inbound").containsEntry("createdAt", time(second(5)));
    }

    @Test
    void whatOtherProgramsKeepInADocumentStaysButNoQr() throws Exception {
        String thread = "threads/account_1__" + PHONE.jid();
        client.document(thread).set(Map.of("assignedTo", "ana", "archived", true)).get();
        client.document("accounts/account_1").set(Map.of("qrCode", "data:image/png", "autoReplyEnabled", true)).get();
        store.apply(List.of(a.text(PHONE, "M1", 5, "hello"), a.account(7, second(1), AccountStatus.CONNECTED)));
        store.apply(List.of(a.text(PHONE, "M2", 6, "again"), a.account(8, second(2), AccountStatus.CONNECTED)));
        assertThat(document(thread).getData()).containsEntry("assignedTo", "ana").containsEntry("archived", true)
                .containsEntry("lastMessageText", "again");
        assertThat(document("accounts/account_1").getData()).containsEntry("autoReplyEnabled", true)
                .doesNotContainKey("qrCode");
    }

    @Test
    void aBackupLeavesTheOriginalsSessionWhereItIsAndAClearingDoesNot() throws Exception {
        client.document("wa_sessions/account_1").set(Map.of("files", Map.of("creds.json", "{}"), "schemaVersion", 2))
                .get();
        assertThat(store.backups()).isEmpty();
        assertThat(store.backup(a.account())).isInstanceOf(CredentialBackup.Absent.class);
        store.put(a.account(), new BackupStamp(new Epoch(5), 1), new byte[]{1});
        assertThat(store.backup(a.account())).isInstanceOf(CredentialBackup.Kept.class);
        assertThat(document("wa_sessions/account_1").getData()).containsKey("files");
        store.clear(a.account(), new BackupStamp(new Epoch(5), 2));
        assertThat(document("wa_sessions/account_1").getData()).doesNotContainKey("files").containsEntry("version", 2L);
    }

    @Test
    void aFieldThatIsKnownNoMoreGoes() throws Exception {
        store.apply(List.of(a.text(LID, "M1", 1, "hello"), a.known(2)));
        DocumentSnapshot old = document("threads/account_1__" + LID.jid());
        assertThat(old.getData()).containsEntry("redirectTo", a.thread(PHONE).text()).doesNotContainKeys(
                "lastMessageAt", "lastMessagePreview", "lastMessageText");
    }

    @Test
    void pagesLeaveOutDocumentsOfOthersAndAreFullNevertheless() throws Exception {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            changes.add(a.text(PHONE, "M" + i, i * 10L, "text " + i));
            client.document("threads/account_1__" + PHONE.jid() + "/messages/old" + i)
                    .set(Map.of("body", "theirs", "createdAt", time(second(i * 10L + 5)))).get();
        }
        store.apply(changes);
        var first = store.messages(a.thread(PHONE), PageRequest.first(4));
        assertThat(first.items()).extracting(StoredMessage::text).containsExactly("text 5", "text 4", "text 3",
                "text 2");
        assertThat(store.messages(a.thread(PHONE), new PageRequest(4, first.next())).items()).hasSize(2);
    }

    @Test
    void aJoinThatWasCutOffGoesOnWhenItIsToldAgain() throws Exception {
        List<Change> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(a.text(LID, "M" + i, i, "text " + i));
        }
        store.apply(many);
        Alias cutOff = new Alias(a.account(), LID, PHONE, second(300), true);
        client.document("wafleet_lids/account_1__" + LID.jid())
                .set(Map.of("accountId", "account_1", "state", Encoding.pack(cutOff))).get();
        store.apply(List.of(a.text(LID, "N1", 400, "meanwhile"), a.known(500)));
        assertThat(store.messages(a.thread(PHONE), PageRequest.first(500)).items()).hasSize(201);
        assertThat(client.collection("threads/account_1__" + LID.jid() + "/messages").get().get().size()).isZero();
        DocumentSnapshot alias = document("wafleet_lids/account_1__" + LID.jid());
        assertThat(Encoding.unpack(alias, Alias.class)).isNotNull().matches(known -> !known.joining());
    }

    @Test
    void whatIsToldDuringAnErasureStaysAndBringsNothingBack() throws Exception {
        store.apply(List.of(a.text(PHONE, "M1", 1, "before"), a.text(PHONE, "M2", 2, "before, too")));
        client.document("wafleet_erasures/account_1").set(Map.of("erasedAt", time(second(10)))).get();
        store.apply(List.of(a.reaction(PHONE, "R1", 11, "M1", "👍"), a.text(PHONE, "M3", 12, "after")));
        store.erase(a.account(), second(10));
        assertThat(texts()).containsExactly("after");
        assertThat(store.thread(a.thread(PHONE)).orElseThrow().unread()).hasSize(1);
    }

    @Test
    void aBatchOfManyThreadsIsAppliedInSeveralCommits() {
        List<Change> many = new ArrayList<>();
        for (int i = 0; i < ConversationStore.MAX_BATCH; i++) {
            many.add(a.text(Samples.person(i), "M" + i, i, "hello"));
        }
        store.apply(many);
        store.apply(many);
        assertThat(store.threads(a.account(), PageRequest.first(500)).items()).hasSize(ConversationStore.MAX_BATCH);
    }

    @Test
    void largeDocumentsAreSplitUpByTheirBytes() {
        List<Change> large = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Change.Inbound told = a.text(PHONE, "M" + i, i, "picture");
            large.add(new Change.Inbound(told.account(), PHONE, told.message(), PHONE, false, null, null,
                    told.content(), null, String.valueOf((char) ('A' + i)).repeat(500_000), told.sentAt(),
                    told.receivedAt()));
        }
        store.apply(large);
        assertThat(texts()).hasSize(20);
    }

    @Test
    void noSearchIsOffered() {
        assertThat(store.search(a.account(), null, "x", PageRequest.first(1))).isEmpty();
    }

    @Test
    void anUnreachableFirestoreIsToldSoonAndClosingEnds() {
        FirestoreSession nowhere = new FirestoreSession(FirestoreOptions.newBuilder()
                .setEmulatorHost("127.0.0.1:1").setProjectId("x").build().getService(), Duration.ofSeconds(2));
        ConversationStore down = new FirestoreConversationStore(nowhere);
        assertThatThrownBy(() -> down.apply(List.of(a.text(PHONE, "M1", 1, "x"))))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> down.thread(a.thread(PHONE))).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(
                () -> down.put(a.account(), new BackupStamp(new Epoch(1), 1), new byte[1]))
                .isInstanceOf(StoreUnavailableException.class);
        down.close();
        assertThatThrownBy(down::accounts).isInstanceOfSatisfying(StoreUnavailableException.class,
                e -> assertThat(e).hasMessageContaining("closed"));
    }
}
