package io.wafleet.gateway.view;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.gateway.view.OutboxView.Kind;
import io.wafleet.gateway.view.OutboxView.Page;
import io.wafleet.gateway.view.OutboxView.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class OutboxViewTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final AccountId ANA = new AccountId("ana");
    private static final AccountId BOB = new AccountId("bob");
    private static final Chat CHAT = new Chat("40712345678@s.whatsapp.net");

    private final OutboxView view = new OutboxView(10);

    private static MessageStatusRecord status(AccountId account, String id, int second, MessageStatus status) {
        Instant at = NOW.plusSeconds(second);
        return new MessageStatusRecord(account, new MessageId(id), CHAT, status, 1, null, at, at, null, null, null,
                null);
    }

    private void failed(AccountId account, String id, int second) {
        view.apply(status(account, id, second, MessageStatus.FAILED).retryUntil(NOW.plus(Duration.ofDays(30))));
    }

    private List<String> ids(Kind kind, @Nullable AccountId account) {
        return ids(view.page(kind, account, null, 100, NOW));
    }

    private static List<String> ids(Page page) {
        return page.messages().stream().map(m -> m.message().value()).toList();
    }

    @Test
    void listsWhatWaitsByAcceptanceUntilItIsFinal() {
        view.apply(status(ANA, "m2", 2, MessageStatus.QUEUED));
        view.apply(status(ANA, "m1", 1, MessageStatus.QUEUED));
        view.apply(status(BOB, "m3", 0, MessageStatus.QUEUED));
        view.apply(status(ANA, "m1", 1, MessageStatus.DISPATCHED));
        assertThat(ids(Kind.WAITING, ANA)).containsExactly("m1", "m2");
        view.apply(status(ANA, "m1", 1, MessageStatus.SENT));
        view.apply(status(ANA, "m1", 1, MessageStatus.SENT));
        assertThat(ids(Kind.WAITING, ANA)).containsExactly("m2");
    }

    @Test
    void listsWhatFailedUntilItIsTriedAgainDiscardedOrTooOld() {
        failed(BOB, "b1", 1);
        failed(ANA, "a1", 2);
        failed(ANA, "a2", 3);
        view.apply(status(ANA, "a3", 4, MessageStatus.FAILED));
        assertThat(ids(Kind.FAILED, null)).containsExactly("a1", "a2", "b1");
        assertThat(ids(Kind.FAILED, BOB)).containsExactly("b1");
        view.apply(status(ANA, "a1", 2, MessageStatus.QUEUED));
        view.apply(status(ANA, "a2", 3, MessageStatus.FAILED));
        assertThat(ids(Kind.FAILED, null)).containsExactly("b1");
        assertThat(view.page(Kind.FAILED, null, null, 100, NOW.plus(Duration.ofDays(30))).messages()).isEmpty();
    }

    @Test
    void findsWhatItListsAndNothingElse() {
        MessageId id = new MessageId("m1");
        view.apply(status(ANA, "m1", 1, MessageStatus.QUEUED));
        assertThat(view.find(id).orElseThrow().status()).isEqualTo(MessageStatus.QUEUED);
        failed(ANA, "m1", 1);
        assertThat(view.find(id).orElseThrow().status()).isEqualTo(MessageStatus.FAILED);
        ids(view.page(Kind.FAILED, null, null, 100, NOW.plus(Duration.ofDays(30))));
        assertThat(view.find(id)).isEmpty();
        view.apply(status(ANA, "m2", 2, MessageStatus.QUEUED));
        view.apply(status(ANA, "m2", 2, MessageStatus.SENT));
        assertThat(view.find(new MessageId("m2"))).isEmpty();
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        for (int i = 0; i < 5; i++) {
            failed(ANA, "a" + i, i);
        }
        Page first = view.page(Kind.FAILED, ANA, null, 2, NOW);
        assertThat(ids(first)).containsExactly("a0", "a1");
        assertThat(first.more()).isTrue();
        Page next = view.page(Kind.FAILED, ANA, Place.of(first.messages().getLast()), 3, NOW);
        assertThat(ids(next)).containsExactly("a2", "a3", "a4");
        assertThat(next.more()).isFalse();
    }

    @Test
    void keepsNoMoreThanItMayAndSaysSo() {
        for (int i = 0; i < 10; i++) {
            view.apply(status(ANA, "m" + i, i, MessageStatus.QUEUED));
        }
        assertThat(view.isComplete()).isTrue();
        view.apply(status(ANA, "m10", 10, MessageStatus.QUEUED));
        assertThat(view.isComplete()).isFalse();
        assertThat(ids(Kind.WAITING, ANA)).hasSize(10);
    }
}
