package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Command;
import io.wafleet.contract.Event.Outcome;
import io.wafleet.contract.MessageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An account whose connection goes up and down every few seconds: its owner attempts nothing while it is down. */
class FlappingTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int CHATS = 6;
    private static final int MESSAGES = 60;

    @Test
    void anAccountThatFlapsForTenMinutesFailsNoMessageAndKeepsEachChatsOrder() {
        OutboxScene scene = OutboxScene.connected();
        for (int i = 0; i < MESSAGES; i++) {
            scene.send("m" + i, OutboxScene.chat(i % CHATS));
        }
        List<String> sent = new ArrayList<>();
        Instant end = scene.now().plus(LONG);
        int answered = 0;
        for (int round = 0; scene.now().isBefore(end); round++) {
            // The owner hears of a dispatch when the connection has just gone; now and then one gets through.
            scene.status(AccountStatus.RECONNECTING);
            List<Command.Dispatch> dispatches = scene.dispatches();
            for (; answered < dispatches.size(); answered++) {
                boolean through = round % 3 == 0 && answered % 4 == 0;
                Command.Dispatch dispatch = dispatches.get(answered);
                scene.outcome(dispatch.message().value(), through ? Outcome.SENT : Outcome.NOT_ATTEMPTED,
                        dispatch.attempt());
                if (through) {
                    sent.add(dispatch.message().value());
                }
            }
            scene.pass(Duration.ofSeconds(2)).status(AccountStatus.CONNECTED).pass(Duration.ofSeconds(2));
        }
        assertThat(sent).isNotEmpty().doesNotHaveDuplicates();
        assertThat(scene.statuses.values()).noneMatch(s -> s.status() == MessageStatus.FAILED);
        for (int chat = 0; chat < CHATS; chat++) {
            int mine = chat;
            assertThat(sent.stream().map(m -> Integer.parseInt(m.substring(1))).filter(n -> n % CHATS == mine))
                    .isSorted();
        }
    }
}
