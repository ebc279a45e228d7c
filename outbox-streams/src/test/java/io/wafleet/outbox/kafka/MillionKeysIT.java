package io.wafleet.outbox.kafka;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.OutboxRequest;
import io.wafleet.contract.Reply.RequestResult;
import io.wafleet.outbox.core.Input;
import io.wafleet.outbox.core.OutboxMachine;
import io.wafleet.outbox.core.OutboxPolicy;
import io.wafleet.outbox.core.Output;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends many messages with a key each through the machine on the stores as they really are, until each is final, and prints what
 * memory that takes; then as many that wait, and prints how long a new owner needs for their index. One after the other, for both measure
 * the heap. Not part of a usual build: {@code -Dwafleet.keys=1000000}.
 */
@Execution(ExecutionMode.SAME_THREAD)
@EnabledIfSystemProperty(named = "wafleet.keys", matches = "[0-9]+")
class MillionKeysIT {
    private static final int KEYS = Integer.getInteger("wafleet.keys", 0);
    private static final int ACCOUNTS = 100;
    private static final int MEMORY_MB = 64;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void aMillionKeysTakeNoHeapAndNoMoreOfRocksDbThanItMayHave() throws Exception {
        withStores(MillionKeysIT::fill);
    }

    @Test
    void theIndexOfAsManyWaitingMessagesIsMadeAnew() throws Exception {
        withStores(MillionKeysIT::queueAndRecover);
    }

    private void withStores(Filling filling) throws Exception {
        try (RocksMemory memory = new RocksMemory(MEMORY_MB)) {
            KeyValueStore<Bytes, byte[]> accounts = TestStores.accounts(folder);
            KeyValueStore<Bytes, byte[]> kept = TestStores.kept(folder, memory);
            filling.with(() -> new StreamsOutboxStore(accounts, kept, 64), memory);
            accounts.close();
            kept.close();
        }
    }

    /** What is done with the stores; each asking gives them to a new owner. */
    @FunctionalInterface
    private interface Filling {
        void with(Supplier<StreamsOutboxStore> stores, RocksMemory memory);
    }

    private static void queueAndRecover(Supplier<StreamsOutboxStore> stores, RocksMemory memory) {
        OutboxMachine machine = new OutboxMachine(OutboxPolicy.standard());
        StreamsOutboxStore lost = stores.get();
        for (int i = 0; i < KEYS; i++) {
            machine.apply(lost, new Input.Asked(send(i, "m" + i), i), START);
        }
        long heapBefore = heapMb();
        StreamsOutboxStore taken = stores.get();
        long began = System.nanoTime();
        machine.recover(taken, START);
        long tookMs = (System.nanoTime() - began) / 1_000_000;
        System.out.printf("%d messages wait: their index is made anew in %d ms and takes %d MB%n", KEYS, tookMs,
                heapMb() - heapBefore);
        assertThat(machine.nextDue(taken)).isPresent().isEqualTo(machine.nextDue(lost));
    }

    private static void fill(Supplier<StreamsOutboxStore> stores, RocksMemory memory) {
        StreamsOutboxStore store = stores.get();
        OutboxMachine machine = new OutboxMachine(OutboxPolicy.standard());
        long heapBefore = heapMb();
        long began = System.nanoTime();
        for (int i = 0; i < KEYS; i++) {
            machine.apply(store, new Input.Asked(send(i, "m" + i), i), START);
            machine.apply(store, new Input.Told(new Event.DispatchOutcome(account(i), Epoch.NONE, START,
                    new MessageId("m" + i), chat(i), 1, Event.Outcome.SENT, null)), START);
        }
        long filledNanos = System.nanoTime() - began;
        long heapAfter = heapMb();
        long lookedUp = System.nanoTime();
        int looks = Math.min(KEYS, 20_000);
        for (int i = 0; i < looks; i++) {
            int any = (int) ((long) i * 7919 % KEYS);
            List<Output> outputs = machine.apply(store, new Input.Asked(send(any, "again" + i), i), START);
            assertThat(outputs).singleElement().isInstanceOfSatisfying(Output.Answer.class,
                    a -> assertThat(a.reply().result()).isEqualTo(RequestResult.SAME_AS));
        }
        long microsPerLook = (System.nanoTime() - lookedUp) / 1000 / Math.max(1, looks);
        long usedMb = memory.cache().getUsage() >> 20;
        System.out.printf("keys %d: heap %d MB before, %d MB after; RocksDB %d MB of %d MB; filled in %d s; a repeated"
                + " request takes %d us%n", KEYS, heapBefore, heapAfter, usedMb, MEMORY_MB,
                filledNanos / 1_000_000_000, microsPerLook);
        assertThat(heapAfter - heapBefore).isLessThan(32);
        assertThat(usedMb).isLessThanOrEqualTo(MEMORY_MB + 8);
    }

    private static OutboxRequest.Send send(int number, String message) {
        return new OutboxRequest.Send(new CommandId("r"), account(number), new MessageId(message), chat(number),
                new Content.Text("Hello"), "order-" + number, "9f86d081884c7d659a2feaa0c55ad015", START, null, null);
    }

    private static AccountId account(int number) {
        return new AccountId("account_prod_" + number % ACCOUNTS);
    }

    private static Chat chat(int number) {
        return new Chat((40700000000L + number % 5000) + "@s.whatsapp.net");
    }

    private static long heapMb() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }
}
