package io.wafleet.worker.keeping;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MediaKey;
import io.wafleet.contract.MessageId;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class BacklogTest {
    private static final Chat ANA = new Chat("40712345678@s.whatsapp.net");

    private final Backlog backlog = new Backlog(3);

    static Wanted wanted(String digit) {
        MediaInfo media = new MediaInfo("image/png", 5, digit.repeat(64));
        return new Wanted(MediaKey.of(new AccountId("shop"), media.sha256()), URI.create("http://a.example/x"), media);
    }

    @Test
    void aPositionIsTheFirstEventWhoseMediumIsNotSettled() {
        backlog.read(0, 10, null, 0);
        assertThat(backlog.moved()).isEqualTo(Map.of(0, 11L));
        backlog.read(0, 11, wanted("a"), 0);
        backlog.read(0, 12, wanted("b"), 0);
        backlog.read(0, 13, null, 0);
        assertThat(backlog.moved()).isEmpty();
        backlog.settled(wanted("b").key());
        assertThat(backlog.moved()).isEmpty();
        backlog.settled(wanted("a").key());
        assertThat(backlog.moved()).isEqualTo(Map.of(0, 14L));
        assertThat(backlog.moved()).isEmpty();
    }

    @Test
    void whatSeveralEventsWantIsBroughtOnce() {
        backlog.read(0, 1, wanted("a"), 0);
        backlog.read(0, 2, wanted("a"), 0);
        assertThat(backlog.next(0)).isEqualTo(wanted("a"));
        assertThat(backlog.next(0)).isNull();
        backlog.settled(wanted("a").key());
        assertThat(backlog.moved()).isEqualTo(Map.of(0, 3L));
    }

    @Test
    void whatFailedWaitsAndLetsOthersGoBefore() {
        backlog.read(0, 1, wanted("a"), 0);
        backlog.read(1, 1, wanted("b"), 0);
        assertThat(backlog.next(0)).isEqualTo(wanted("a"));
        assertThat(backlog.failures(wanted("a").key())).isEqualTo(1);
        backlog.again(wanted("a").key(), 100);
        assertThat(backlog.next(50)).isEqualTo(wanted("b"));
        assertThat(backlog.next(50)).isNull();
        assertThat(backlog.next(100)).isEqualTo(wanted("a"));
        assertThat(backlog.failures(wanted("a").key())).isEqualTo(2);
    }

    @Test
    void isFullAtItsBound() {
        backlog.read(0, 1, wanted("a"), 0);
        backlog.read(0, 2, wanted("b"), 0);
        assertThat(backlog.isFull()).isFalse();
        backlog.read(0, 3, wanted("c"), 0);
        assertThat(backlog.isFull()).isTrue();
    }

    @Test
    void whatOthersReadNowIsForgotten() {
        backlog.read(0, 1, wanted("a"), 0);
        backlog.read(1, 7, wanted("b"), 0);
        assertThat(backlog.next(0)).isEqualTo(wanted("a"));
        backlog.lost(Set.of(0, 1));
        assertThat(backlog.size()).as("what is under way").isEqualTo(1);
        backlog.again(wanted("a").key(), 5);
        assertThat(backlog.size()).isZero();
        assertThat(backlog.moved()).isEmpty();
    }

    @Test
    void onlyMessagesWithAKeyWantTheirBytesKept() {
        Content.Image image = new Content.Image(URI.create("http://a.example/x"), null, null, null);
        assertThat(Wanted.in(event(image, wanted("a").key()))).isEqualTo(wanted("a"));
        assertThat(Wanted.in(event(image, null))).isNull();
        assertThat(Wanted.in(event(new Content.Text("\"mediaKey\""), null))).isNull();
        assertThat(Wanted.in("{\"mediaKey\" no JSON".getBytes(java.nio.charset.StandardCharsets.UTF_8))).isNull();
        assertThat(Wanted.in(null)).isNull();
    }

    private static byte[] event(Content content, @Nullable MediaKey key) {
        return JsonCodec.encode(new Event.InboundMessage(new AccountId("shop"), new Epoch(3), Instant.EPOCH,
                new MessageId("3A"), ANA, ANA, false, null, content, wanted("a").media(), Instant.EPOCH, null, null,
                null, null, false, key));
    }
}
