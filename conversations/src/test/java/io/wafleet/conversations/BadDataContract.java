package io.wafleet.conversations;

import io.wafleet.contract.Content;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.PHONE;
import static io.wafleet.conversations.Samples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What phones send, and what is not to be stored. */
public abstract class BadDataContract extends StoreContract {
    private static final String FAMILY = "👨‍👩‍👧‍👦";

    private String preview() {
        StoredThread.Last last = thread(PHONE).last();
        return last == null ? "" : last.preview();
    }

    @Test
    void oddCharactersComeBackAsTheyWere() {
        String odd = "a\0b\t\n\r\u0007 'quoted\" \\ %_* \u202Eright to left\u202C \uFEFF \uFFFF e\u0301 " + FAMILY
                + " 𝒳";
        apply(a.text(PHONE, "M1", 1, odd));
        assertThat(texts(PHONE)).containsExactly(odd);
    }

    @Test
    void halfACharacterIsReplaced() {
        apply(a.text(PHONE, "M1", 1, "cut \uD83D"), a.text(PHONE, "M2", 2, "\uDE00 cut"));
        assertThat(texts(PHONE)).containsExactly("\uFFFD cut", "cut \uFFFD");
    }

    @Test
    void theLongestTextIsKeptWholeAndItsPreviewCut() {
        String longest = "ș".repeat(Content.Text.MAX_LENGTH);
        apply(a.text(PHONE, "M1", 1, longest), a.edit(PHONE, "E1", 2, "M1", longest));
        assertThat(texts(PHONE)).containsExactly(longest);
        assertThat(preview()).hasSize(Words.MAX_PREVIEW);
    }

    @Test
    void noEmojiIsCutAtTheEndOfAPreview() {
        apply(a.text(PHONE, "M1", 1, "x".repeat(Words.MAX_PREVIEW - 3) + FAMILY + "tail"));
        assertThat(preview()).isEqualTo("x".repeat(Words.MAX_PREVIEW - 3));
        apply(a.text(PHONE, "M2", 2, "x".repeat(Words.MAX_PREVIEW - 1) + "😀"));
        assertThat(preview()).isEqualTo("x".repeat(Words.MAX_PREVIEW - 1));
    }

    private Change sentAt(String id, Instant at) {
        return new Change.Inbound(a.account(), PHONE, new MessageId(id), PHONE, false, null, null,
                new Content.Text(at.toString()), null, null, at, second(1));
    }

    @Test
    void farDatesAreKeptInOrder() {
        apply(sentAt("M1", Instant.MIN), sentAt("M2", Instant.EPOCH), sentAt("M3", Instant.MAX));
        assertThat(texts(PHONE)).containsExactly(Instant.MAX.toString(), Instant.EPOCH.toString(),
                Instant.MIN.toString());
        apply(a.text(PHONE, "M5", 5, "now"));
        assertThat(texts(PHONE).get(1)).isEqualTo("now");
    }

    @Test
    void mediaKeepWhatIsKnownOfThem() {
        Content.Document document = new Content.Document(URI.create("https://mmg.example/file"), "price list.pdf",
                "see page 2", "application/pdf", null);
        MediaInfo info = new MediaInfo("application/pdf", 1234, "ab".repeat(32));
        apply(new Change.Inbound(a.account(), PHONE, new MessageId("M1"), PHONE, false, "Ana", null,
                document, info, "aGVsbG8=", second(1), second(2)));
        assertThat(DocumentFields.of(message(PHONE, "M1"))).containsEntry("mediaFilename", "price list.pdf")
                .containsEntry("body", "see page 2").containsEntry("mediaMimetype", "application/pdf");
        apply(a.inbound(PHONE, PHONE, "M2", 3, false, new Content.Location(44.4, 26.1, null, null, null)));
        assertThat(preview()).isEqualTo("[location]");
    }

    @Test
    void poisonIsNamedAndNothingOfItsBatchIsApplied() {
        Change.Inbound told = a.text(PHONE, "M2", 2, "poison");
        Change poison = new Change.Inbound(told.account(), PHONE, told.message(), PHONE, false, null, null,
                told.content(), null, "A".repeat(1_000_000), told.sentAt(), told.receivedAt());
        List<Change> batch = List.of(a.text(PHONE, "M1", 1, "before"), poison, a.text(PHONE, "M3", 3, "after"));
        assertThatThrownBy(() -> store().apply(batch)).isInstanceOfSatisfying(UnstorableException.class,
                e -> assertThat(e.change()).isSameAs(poison));
        assertThat(texts(PHONE)).isEmpty();
        apply(batch.get(0), batch.get(2));
        assertThat(texts(PHONE)).containsExactly("after", "before");
    }

    @Test
    void aBatchBeyondTheLimitIsRefused() {
        List<Change> tooMany = IntStream.rangeClosed(0, ConversationStore.MAX_BATCH)
                .<Change>mapToObj(i -> a.text(PHONE, "M" + i, i, "x")).toList();
        assertThatThrownBy(() -> store().apply(tooMany)).isInstanceOf(IllegalArgumentException.class);
        store().apply(List.of());
    }
}
