package io.wafleet.outbox.core;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SweeperTest {
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
    void keepsKeysOfMessagesThatWait() {
        OutboxScene scene = new OutboxScene().sendKeyed("m1", "k", "f");
        new Sweeper().sweep(scene.store, scene.now().plus(Duration.ofDays(365)), 10);
        assertThat(scene.store.size(Table.KEYS)).isEqualTo(1);
    }
}
