package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.Samples;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.wafleet.conversations.Samples.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The file: what is wrong with it is said, and what is kept in it is kept. */
final class SqliteFileTest {
    private static final Samples A = new Samples(new AccountId("account_test_file"));
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("sub/store.db");
    }

    private static void assertUnavailable(Reason reason, String words, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StoreUnavailableException.class,
                e -> assertThat(e.reason()).isEqualTo(reason)).hasMessageContaining(words);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    @Test
    void keepsWhatWasAppliedWhenItIsOpenedAgain() {
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            store.apply(List.of(A.text(PHONE, "M1", 1, "hello")));
        }
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            assertThat(store.thread(A.thread(PHONE))).isPresent();
        }
    }

    @Test
    void aReaderSeesWhatIsWrittenMeanwhile() {
        try (SqliteConversationReads reads = SqliteConversationReads.open(file())) {
            assertUnavailable(Reason.MISSING, "does not exist yet", reads::accounts);
            try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
                assertThat(reads.thread(A.thread(PHONE))).isEmpty();
                store.apply(List.of(A.text(PHONE, "M1", 1, "hello")));
                assertThat(reads.thread(A.thread(PHONE))).isPresent();
            }
            assertThat(reads.thread(A.thread(PHONE))).isPresent();
        }
    }

    @Test
    void readersDoNotWaitForAWriter() throws Exception {
        try (SqliteConversationStore store = SqliteConversationStore.open(file(), SHORT);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement run = other.createStatement()) {
            store.apply(List.of(A.text(PHONE, "M1", 1, "hello")));
            run.execute("BEGIN IMMEDIATE");
            run.execute("DELETE FROM message");
            assertThat(store.messages(A.thread(PHONE), PageRequest.first(1)).items()).hasSize(1);
            List<Change> batch = List.of(A.text(PHONE, "M2", 2, "blocked"));
            assertUnavailable(Reason.BUSY, "another process writes", () -> store.apply(batch));
            run.execute("ROLLBACK");
            store.apply(batch);
            assertThat(store.messages(A.thread(PHONE), PageRequest.first(10)).items()).hasSize(2);
        }
    }

    @Test
    void aNewerReleasesFileIsRefused() throws SQLException {
        SqliteConversationStore.open(file()).close();
        sql("PRAGMA user_version = 99");
        assertUnavailable(Reason.NEWER, "newer release (version 99", () -> SqliteConversationStore.open(file()));
        try (SqliteConversationReads reads = SqliteConversationReads.open(file())) {
            assertUnavailable(Reason.NEWER, "newer release", reads::accounts);
        }
    }

    @Test
    void anOlderReleasesFileIsBroughtUpByTheOneWhoWrites() throws Exception {
        Files.createDirectories(file().getParent());
        sql("PRAGMA user_version = 0");
        try (SqliteConversationReads reads = SqliteConversationReads.open(file())) {
            assertUnavailable(Reason.OLDER, "older release", reads::accounts);
            SqliteConversationStore.open(file()).close();
            assertThat(reads.accounts()).isEmpty();
        }
    }

    @Test
    void aFileOfSomethingElseIsLeftAlone() throws Exception {
        Files.createDirectories(file().getParent());
        sql("CREATE TABLE message (x)");
        assertUnavailable(Reason.CORRUPT, "something else", () -> SqliteConversationStore.open(file()));
        Files.writeString(file(), "no database at all, but long enough to be read as one".repeat(100));
        assertUnavailable(Reason.CORRUPT, "damaged or no SQLite file", () -> SqliteConversationStore.open(file()));
    }

    @Test
    void damageIsSaid() throws IOException {
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            for (int i = 0; i < 20; i++) {
                store.apply(List.of(A.text(PHONE, "M" + i, i, "x".repeat(5_000))));
            }
        }
        byte[] bytes = Files.readAllBytes(file());
        for (int i = 4_096; i < bytes.length; i++) {
            bytes[i] = (byte) 0xA5;
        }
        Files.write(file(), bytes);
        assertUnavailable(Reason.CORRUPT, "damaged", () -> {
            try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
                store.messages(A.thread(PHONE), PageRequest.first(500));
            }
        });
    }

    @Test
    void aFolderThatCannotBeMadeIsSaid() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("sub"));
        assertThat(inTheWay).exists();
        assertUnavailable(Reason.DOWN, "folder cannot be made", () -> SqliteConversationStore.open(file()));
    }

    @Test
    void aFullDiskRefusesTheBatchAndKeepsTheRest() throws Exception {
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            store.apply(List.of(A.text(PHONE, "M1", 1, "hello")));
        }
        try (SqliteWriter writer = new SqliteWriter(new SqliteFile(file(), SHORT))) {
            writer.outside("PRAGMA max_page_count = 1");
            List<Change> large = Stream.iterate(1, i -> i + 1).limit(20)
                    .<Change>map(i -> A.text(PHONE, "L" + i, i, "x".repeat(60_000))).toList();
            assertUnavailable(Reason.FULL, "disk is full", () -> writer.apply(large));
            writer.apply(List.of(A.text(PHONE, "M1", 1, "hello")));
        }
        try (SqliteConversationReads reads = SqliteConversationReads.open(file())) {
            assertThat(reads.messages(A.thread(PHONE), PageRequest.first(10)).items()).hasSize(1);
        }
    }

    @Test
    void whatIsMovedAwayIsNotWrittenTo() throws Exception {
        Path aside = folder.resolve("aside.db");
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            List<Change> batch = List.of(A.text(PHONE, "M1", 1, "hello"));
            store.apply(batch);
            Files.move(file(), aside);
            assertUnavailable(Reason.DOWN, "moved away", () -> store.apply(batch));
            assertUnavailable(Reason.MISSING, "does not exist", store::accounts);
            Files.move(aside, file());
            store.apply(batch);
            assertThat(store.thread(A.thread(PHONE))).isPresent();
        }
    }

    @Test
    void aDocumentThatCannotBeReadIsSaid() throws Exception {
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            store.apply(List.of(A.text(PHONE, "M1", 1, "hello")));
            sql("UPDATE message SET state = '{\"v\":99}'");
            assertUnavailable(Reason.CORRUPT, "cannot read",
                    () -> store.messages(A.thread(PHONE), PageRequest.first(1)));
            assertUnavailable(Reason.CORRUPT, "cannot read",
                    () -> store.apply(List.of(A.text(PHONE, "M1", 1, "hello"))));
        }
    }

    @RepeatedTest(20)
    void severalMayMakeItAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
                        store.apply(List.of(A.text(PHONE, "M" + number, number, "hello")));
                    }
                }));
            }
            all.add(threads.submit(this::readOnceItIsThere));
            for (Future<?> one : all) {
                one.get();
            }
        }
        try (SqliteConversationReads reads = SqliteConversationReads.open(file())) {
            assertThat(reads.messages(A.thread(PHONE), PageRequest.first(10)).items()).hasSize(4);
        }
    }

    /** Until then a reader is told that there is none, or none that this release can read yet. */
    private void readOnceItIsThere() {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            try (SqliteConversationReads reads = SqliteConversationReads.open(file())) {
                reads.messages(A.thread(PHONE), PageRequest.first(10));
                return true;
            } catch (StoreUnavailableException e) {
                assertThat(e.reason()).isIn(Reason.MISSING, Reason.OLDER);
                return false;
            }
        });
    }

    @Test
    void eachCommitIsFlushedToTheDisk() throws SQLException {
        try (SqliteSession session = new SqliteFile(file(), SHORT).openWriter()) {
            String synchronous = session.first(row -> row.getString(1), "PRAGMA synchronous");
            String journal = session.first(row -> row.getString(1), "PRAGMA journal_mode");
            assertThat(synchronous).as("FULL").isEqualTo("2");
            assertThat(journal).isEqualTo("wal");
        }
    }

    @Test
    void nothingErasedIsLeftInTheFile() throws IOException {
        try (SqliteConversationStore store = SqliteConversationStore.open(file())) {
            for (int i = 0; i < 50; i++) {
                store.apply(List.of(A.text(PHONE, "M" + i, i, "unmistakable" + i + " " + "filler ".repeat(50 * i))));
            }
            assertThat(onDisk()).contains("unmistakable");
            store.erase(A.account(), Samples.second(100));
            assertThat(onDisk()).doesNotContain("unmistakable").doesNotContain("filler").doesNotContain(PHONE.jid());
        }
    }

    private String onDisk() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(file().getParent())) {
            for (Path one : files.toList()) {
                all.append(Files.readString(one, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void aClosedStoreSaysSo() {
        SqliteConversationStore store = SqliteConversationStore.open(file());
        store.close();
        store.close();
        assertUnavailable(Reason.DOWN, "closed", () -> store.apply(List.of()));
        assertUnavailable(Reason.DOWN, "closed", store::accounts);
    }
}
