package io.wafleet.simulator.file;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.simulator.whatsapp.Fact;
import io.wafleet.simulator.whatsapp.Ratchet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FileFactStoreTest {
    private static final PhoneNumber PHONE = new PhoneNumber("+40712345678");
    private static final Chat CHAT = new Chat("40787654321@s.whatsapp.net");

    @TempDir
    Path directory;

    private static List<Fact> everyKind() {
        ServerFrame.Message message = new ServerFrame.Message(new MessageId("3A01"), CHAT, CHAT, false, null,
                new Content.Text("zwei\nZeilen"), null, Instant.parse("2026-01-01T00:00:00Z"));
        return List.of(new Fact.Linked(PHONE, 1, "token", "account_a"), new Fact.CounterUsed(PHONE, 7),
                new Fact.RatchetKept(PHONE, 9, List.of(new Ratchet.Gap(1, 3))), new Fact.Registered(PHONE, false),
                new Fact.Queued(PHONE, message), new Fact.Delivered(PHONE, new MessageId("3A01")),
                new Fact.Unlinked(PHONE, 1));
    }

    private Path file() {
        return directory.resolve("simulator.jsonl");
    }

    private void write(List<Fact> facts) {
        try (FileFactStore store = FileFactStore.open(directory)) {
            store.load();
            store.append(facts, List::of);
        }
    }

    private List<Fact> read() {
        try (FileFactStore store = FileFactStore.open(directory)) {
            return store.load();
        }
    }

    @Test
    void givesBackEveryKindOfFactInOrder() {
        write(everyKind().subList(0, 3));
        write(everyKind().subList(3, 7));

        assertThat(read()).isEqualTo(everyKind());
    }

    @Test
    void dropsALastLineThatWasCutOffAndGoesOnAfterTheOneBefore() throws IOException {
        write(everyKind());
        Files.writeString(file(), "{\"type\":\"counter\",\"pho", StandardOpenOption.APPEND);

        write(List.of(new Fact.CounterUsed(PHONE, 8)));

        assertThat(read()).hasSize(8).last().isEqualTo(new Fact.CounterUsed(PHONE, 8));
    }

    @Test
    void refusesAFileWithALineThatCannotBeRead() throws IOException {
        Files.writeString(file(), "{\"type\":\"counter\"}\n");

        assertThatThrownBy(this::read).isInstanceOf(InvalidSettingsException.class).hasMessageContaining("line 1");
    }

    @Test
    void refusesADirectoryThatAnotherSimulatorUses() {
        try (FileFactStore holder = FileFactStore.open(directory)) {
            assertThat(holder.load()).isEmpty();
            assertThatThrownBy(() -> FileFactStore.open(directory)).isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("in use");
        }
    }

    @Test
    void beginsAnewFromTheSnapshotWhenItHasGrown() throws IOException {
        try (FileFactStore store = FileFactStore.open(directory, 1_000)) {
            store.load();
            for (int i = 1; i <= 500; i++) {
                Fact last = new Fact.CounterUsed(PHONE, i);
                store.append(List.of(last), () -> List.of(last));
            }
        }

        assertThat(Files.size(file())).isLessThan(2_000);
        assertThat(read()).last().isEqualTo(new Fact.CounterUsed(PHONE, 500));
        assertThat(directory.resolve("simulator.jsonl.new")).doesNotExist();
    }
}
