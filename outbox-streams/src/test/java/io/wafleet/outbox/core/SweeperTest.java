package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SweeperTest {
    private static final AccountId ANA = new AccountId("ana");
    private static final Chat CHAT = new Chat("40700000001@s.whatsapp.net");

    @Test
    void removesFreeKeysAndOldFinalsAFewAtATime() {
        OutboxScene scene = OutboxScene.connected();
        for (int i = 0; i < 5; i++) {
            scene.sendKeyed("m" + i, "k" + i, "f").sent("m" + i);
        }
        Sweeper sweeper = new Sweeper();
        scene.pass(Duration.ofHours(24));
        sweeper.sweep(scene.store, scene.now(), 3);
        assertThat(scene.store.size(Table.KEYS)).isEqualTo(2);
        sweeper.sweep(scene.store, scene.now(), 3);
        assertThat(scene.store.size(Table.KEYS)).isZero();
        assertThat(scene.store.size(Table.FINALS)).isEqualTo(5);
        scene.pass(Duration.ofDays(30));
        for (int i = 0; i < 4; i++) {
            sweeper.sweep(scene.store, scene.now(), 3);
        }
        assertThat(scene.store.size(Table.FINALS)).isZero();
    }

    @Test
    void keepsUpWithWhatIsMade() {
        MemoryStore store = new MemoryStore();
        Sweeper sweeper = new Sweeper();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        int most = 0;
        for (int i = 0; i < 20_000; i++) {
            now = now.plusSeconds(60);
            MessageId message = new MessageId("m" + i);
            store.put(Table.KEYS, Table.idempotencyKey(ANA, randomKey(i)),
                    new KeyRow(message, null, now.plus(Duration.ofHours(24))));
            sweeper.made(List.of(accepted(message, now)));
            if (i % 10 == 0) {
                sweeper.sweep(store, now, sweeper.owed());
            }
            most = Math.max(most, store.size(Table.KEYS));
        }
        assertThat(most).as("a day's keys are 1,440").isLessThan(2 * 1440 + 20);
    }

    @Test
    void aRushIsSweptInPieces() {
        Sweeper sweeper = new Sweeper();
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        sweeper.made(Collections.nCopies(4000, accepted(new MessageId("m"), now)));
        assertThat(sweeper.owed()).isEqualTo(5000);
        sweeper.sweep(new MemoryStore(), now, 5000);
        assertThat(sweeper.owed()).isEqualTo(3000);
    }

    /** What is told of it later makes no row. */
    @Test
    void aMessageIsCountedOnce() {
        Sweeper sweeper = new Sweeper();
        sweeper.made(List.of(accepted(new MessageId("m"), Instant.parse("2026-01-01T00:00:00Z")),
                changed(MessageStatus.QUEUED), changed(MessageStatus.SENT), changed(MessageStatus.DELIVERED),
                changed(MessageStatus.READ)));
        assertThat(sweeper.owed()).isEqualTo(2);
    }

    @Test
    void keepsKeysOfMessagesThatWait() {
        OutboxScene scene = new OutboxScene().sendKeyed("m1", "k", "f");
        new Sweeper().sweep(scene.store, scene.now().plus(Duration.ofDays(365)), 10);
        assertThat(scene.store.size(Table.KEYS)).isEqualTo(1);
    }

    private static String randomKey(int seed) {
        return UUID.nameUUIDFromBytes(Integer.toString(seed).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Output accepted(MessageId message, Instant now) {
        return new Output.ContentAccepted(new MessageContentRecord(ANA, message, CHAT,
                new Content.Text("hello", null), now));
    }

    private static Output changed(MessageStatus status) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        return new Output.MessageChanged(new MessageStatusRecord(ANA, new MessageId("m"), CHAT, status, 1, null, at, at,
                null, at, null, null));
    }
}
