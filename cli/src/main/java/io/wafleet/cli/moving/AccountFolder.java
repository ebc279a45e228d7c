package io.wafleet.cli.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import io.wafleet.conversations.AccountRecords;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.conversations.store.Stores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One account's data as files: {@code account.json}, {@code threads.jsonl}, {@code messages.jsonl} (one JSON document in each line, its
 * {@code path} first), {@code media/}, and at last {@code export.json}, which counts them: without it the export is not whole. Readable by
 * their owner only, where the file system can tell. No name in the folder is made of an id.
 */
public final class AccountFolder {
    private static final List<String> FILES = List.of("account.json", "threads.jsonl", "messages.jsonl");
    private static final String COUNTS = "export.json";

    private AccountFolder() {}

    /** What an export wrote. */
    public record Written(AccountId account, long accounts, long threads, long messages, long media) {}

    /**
     * Reads an account's id.
     *
     * @throws CannotMoveException when it is none
     */
    public static AccountId id(String written) {
        try {
            return new AccountId(written);
        } catch (IllegalArgumentException _) {
            throw new CannotMoveException("--account: is no account id");
        }
    }

    /**
     * Opens a store that is there: a name that was mistyped must not make an empty one.
     *
     * @throws CannotMoveException when it is not
     */
    public static ConversationStore openKnown(StoreSettings settings) {
        if (settings.kind() == StoreSettings.Kind.SQLITE && !Files.exists(settings.sqliteFile())) {
            throw new CannotMoveException(StoreSettings.SQLITE_FILE.option() + ": " + settings.sqliteFile()
                    + " is not there");
        }
        return Stores.open(settings);
    }

    /**
     * Exports.
     *
     * @param media where media are kept, if anywhere
     * @param folder empty, or not there yet
     * @throws CannotMoveException when it holds something, or nothing is kept of the account
     */
    public static Written write(AccountRecords store, AccountId account, Optional<MediaFolder> media, Path folder) {
        try {
            prepare(folder);
            long[] counts = documents(store, account, folder);
            long files = media.isPresent() ? media.get().copy(account, folder.resolve("media")) : 0;
            Written written = new Written(account, counts[0], counts[1], counts[2], files);
            if (counts[0] + counts[1] + counts[2] + files == 0) {
                for (String name : FILES) {
                    Files.delete(folder.resolve(name));
                }
                throw new CannotMoveException("nothing is kept of " + account);
            }
            Files.writeString(folder.resolve(COUNTS), JsonCodec.text(written) + "\n");
            return written;
        } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written: " + e.getMessage(), e);
        }
    }

    private static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new CannotMoveException("--to: " + folder + " is not empty"
                        + (Files.exists(folder.resolve(COUNTS)) ? "" : ", and holds no whole export"));
            }
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    /** Returns how many accounts, threads and messages there were. */
    private static long[] documents(AccountRecords store, AccountId account, Path folder) throws IOException {
        long[] counts = new long[FILES.size()];
        try (BufferedWriter accounts = Files.newBufferedWriter(folder.resolve(FILES.get(0)));
                BufferedWriter threads = Files.newBufferedWriter(folder.resolve(FILES.get(1)));
                BufferedWriter messages = Files.newBufferedWriter(folder.resolve(FILES.get(2)))) {
            List<BufferedWriter> files = List.of(accounts, threads, messages);
            store.export(account, document -> {
                int kind = document.path().startsWith("accounts/") ? 0 : document.path().contains("/messages/") ? 2 : 1;
                counts[kind]++;
                append(files.get(kind), document);
            });
        }
        return counts;
    }

    private static void append(BufferedWriter file, AccountRecords.Exported document) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("path", document.path());
        line.putAll(document.fields());
        try {
            file.write(JsonCodec.text(line));
            file.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("the export cannot be written: " + e.getMessage(), e);
        }
    }
}
