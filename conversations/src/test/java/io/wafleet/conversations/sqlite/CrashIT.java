package io.wafleet.conversations.sqlite;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.Page;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.Samples;
import io.wafleet.conversations.StoredMessage;
import io.wafleet.conversations.StoredThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A process killed in the middle of batches leaves every acknowledged batch, and no half one. */
final class CrashIT {
    private static final Samples A = new Samples(new AccountId("account_test_crash"));
    private static final int SIZE = 40;
    private static final int KILLS = 5;

    /** The process to be killed: applies batches from the given one on, and says so after each. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            try (SqliteConversationStore store = SqliteConversationStore.open(Path.of(arguments[0]))) {
                for (int number = Integer.parseInt(arguments[1]);; number++) {
                    store.apply(batch(number));
                    out.println(number);
                }
            }
        }
    }

    /** One message in each of several threads; every tenth also joins a LID's thread. */
    private static List<Change> batch(int number) {
        List<Change> batch = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            batch.add(A.text(i == 0 ? Samples.LID : Samples.person(i), "B" + number + "x" + i, number,
                    "batch " + number));
        }
        if (number % 10 == 9) {
            batch.add(A.known(number));
        }
        return batch;
    }

    @Test
    void everyAcknowledgedBatchIsThereAndNoHalfOne(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("store.db");
        Random random = new Random(7);
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int acknowledged = killAfter(file, next, 5 + random.nextInt(10), random.nextInt(15));
            try (SqliteConversationStore store = SqliteConversationStore.open(file)) {
                Map<String, Integer> perBatch = perBatch(store);
                for (int number = 0; number <= acknowledged; number++) {
                    assertThat(perBatch).as("acknowledged").containsEntry("batch " + number, SIZE);
                }
                assertThat(perBatch.values()).as("no half one").containsOnly(SIZE);
                assertThat(perBatch).hasSizeBetween(acknowledged + 1, acknowledged + 2);
                assertThat(
                        store.search(A.account(), null, "batch " + acknowledged, PageRequest.first(500)).orElseThrow()
                                .items())
                        .as("the index keeps step").hasSizeGreaterThanOrEqualTo(SIZE);
                next = acknowledged;
            }
        }
    }

    private static int killAfter(Path file, int from, int batches, int millis) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process victim = new ProcessBuilder(java, "--enable-native-access=ALL-UNNAMED", "-Xmx128m", "-cp",
                System.getProperty("java.class.path"), Victim.class.getName(), file.toString(), "" + from)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        int acknowledged = from - 1;
        try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
            while (acknowledged < from + batches) {
                acknowledged = number(lines.readLine());
            }
            victim.waitFor(millis, TimeUnit.MILLISECONDS);
            victim.destroyForcibly();
            for (String line = lastLine(lines); line != null; line = lastLine(lines)) {
                acknowledged = number(line);
            }
        } finally {
            victim.destroyForcibly().waitFor();
        }
        return acknowledged;
    }

    private static int number(@Nullable String line) {
        assertThat(line).as("the victim lives").isNotNull();
        return Integer.parseInt(String.valueOf(line));
    }

    /** What it said before it was killed; null at the end. */
    private static @Nullable String lastLine(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException _) {
            return null;
        }
    }

    private static Map<String, Integer> perBatch(SqliteConversationStore store) {
        Map<String, Integer> count = new HashMap<>();
        for (StoredThread thread : store.threads(A.account(), PageRequest.first(500)).items()) {
            Page<StoredMessage> page = store.messages(thread.id(), PageRequest.first(500));
            assertThat(page.next()).isNull();
            page.items().forEach(m -> count.merge(m.text(), 1, Integer::sum));
        }
        return count;
    }
}
