package io.wafleet.media;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MediaKey;
import io.wafleet.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class FolderMediaStoreTest {
    /** SHA-256 of "hello". */
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final AccountId SHOP = new AccountId("shop");
    private static final MediaKey KEY = MediaKey.of(SHOP, HELLO);

    @TempDir
    private Path folder;

    private static InputStream hello() {
        return new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsBytesWithTheirType() throws IOException {
        FolderMediaStore store = new FolderMediaStore(folder.resolve("media"));
        assertThat(store.has(KEY)).isFalse();
        assertThat(store.find(KEY)).isEmpty();
        store.put(KEY, "audio/ogg; codecs=opus", FolderMediaStoreTest::hello);
        assertThat(store.has(KEY)).isTrue();
        MediaStore.Kept kept = store.find(KEY).orElseThrow();
        assertThat(kept.mimetype()).isEqualTo("audio/ogg; codecs=opus");
        assertThat(kept.sizeBytes()).isEqualTo(5);
        assertThat(Path.of(kept.at())).hasContent("hello");
        assertThat(drafts()).isEmpty();
    }

    @Test
    void whatIsThereIsNotFetchedAgain() throws IOException {
        FolderMediaStore store = new FolderMediaStore(folder);
        AtomicInteger opened = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            store.put(KEY, "text/plain", () -> {
                opened.incrementAndGet();
                return hello();
            });
        }
        assertThat(opened).hasValue(1);
        assertThat(store.has(MediaKey.of(new AccountId("other"), HELLO))).as("an account's media are its own")
                .isFalse();
    }

    @Test
    void otherBytesThanSaidAreRefused() throws IOException {
        FolderMediaStore store = new FolderMediaStore(folder);
        MediaKey other = MediaKey.of(SHOP, "0".repeat(64));
        assertThatThrownBy(() -> store.put(other, "text/plain", FolderMediaStoreTest::hello))
                .isInstanceOf(MediaMismatchException.class);
        assertThat(store.has(other)).isFalse();
        assertThat(drafts()).isEmpty();
    }

    @Test
    void whatBreaksOffIsNotKept() throws IOException {
        FolderMediaStore store = new FolderMediaStore(folder);
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken off");
            }
        };
        assertThatThrownBy(() -> store.put(KEY, "text/plain", () -> broken)).hasMessage("broken off");
        assertThat(store.has(KEY)).isFalse();
        assertThat(drafts()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeWrittenFailsBeforeAnythingIsFetched() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        FolderMediaStore store = new FolderMediaStore(file);
        assertThatThrownBy(() -> store.put(KEY, "text/plain", () -> {
            throw new AssertionError("fetched");
        })).isInstanceOf(IOException.class);
        assertThat(store.has(KEY)).isFalse();
    }

    @Test
    void aTypeThatIsNoneBecomesBytes() throws IOException {
        FolderMediaStore store = new FolderMediaStore(folder);
        store.put(KEY, "text/html\r\nX: y", FolderMediaStoreTest::hello);
        assertThat(store.find(KEY)).map(MediaStore.Kept::mimetype).contains("application/octet-stream");
    }

    @Test
    void withoutAFolderNothingIsKept() {
        assertThat(MediaSettings.from(Settings.of(Map.of())).store()).isEmpty();
        assertThat(MediaSettings.from(Settings.of(Map.of("media.dir", "x"))).dir())
                .isEqualTo(Optional.of(Path.of("x")));
    }

    private Stream<Path> drafts() throws IOException {
        Path incoming = folder.resolve(".incoming");
        return Files.exists(incoming) ? Files.list(incoming) : Stream.of();
    }
}
