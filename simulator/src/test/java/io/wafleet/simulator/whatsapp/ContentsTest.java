package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MediaInfo;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.MessageRef;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What can be said besides text: what the recipient sees of it, and what the ledger keeps. */
final class ContentsTest {
    private static final String SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final URI LINK = URI.create("http://simulator/media/" + SHA);
    private static final Chat THEM = Chat.of(Stage.THEIRS);
    private static final Chat US = Chat.of(Stage.OURS);
    private static final MessageId A = new MessageId("3EB0A");

    private final Stage stage = new Stage();
    private final ConnectionId ours = stage.login(Stage.ACCOUNT, stage.pair(Stage.ACCOUNT, Stage.OURS));
    private long counter;

    private void says(String id, Content content) {
        stage.say(ours, new ClientFrame.Send(new MessageId(id), THEM, ++counter, content));
    }

    private List<ChatLine> lines() {
        return stage.whatsApp.people().lines(Stage.THEIRS, US);
    }

    private Written writes(Content content) {
        return Stage.done(
                stage.whatsApp.people().write(stage.now(), Stage.THEIRS, Stage.OURS, content, null));
    }

    @Test
    void mediaThatWereUploadedArriveWithWhatIsKnownOfTheirBytes() {
        stage.whatsApp.shelf().put(SHA, "image/jpeg", new byte[]{1, 2, 3});
        says("3EB0A", new Content.Image(LINK, "look", "image/png", null));

        assertThat(stage.hear(ours, ServerFrame.Ack.class).id()).isEqualTo(A);
        assertThat(stage.whatsApp.ledger().messages().after(0, 9, _ -> true).items()).singleElement()
                .satisfies(m -> {
                    assertThat(m.media()).isEqualTo(new MediaInfo("image/png", 3, SHA));
                    assertThat(m.text()).isEqualTo("[image] look");
                    assertThat(m.content()).isInstanceOf(Content.Image.class);
                });
        assertThat(lines()).singleElement().satisfies(l -> assertThat(l.media()).isNotNull());
    }

    @Test
    void mediaThatWereNotUploadedAreRefusedForNow() {
        says("3EB0A", new Content.Voice(LINK, null, null));
        assertThat(stage.hear(ours, ServerFrame.Nack.class).isPermanent()).isFalse();
        says("3EB0B", new Content.Voice(URI.create("http://elsewhere/x"), null, null));
        assertThat(stage.hear(ours, ServerFrame.Nack.class).code()).isEqualTo(503);
        assertThat(lines()).isEmpty();
    }

    @Test
    void aReactionStandsAtItsMessageUntilItIsTakenBack() {
        Written written = writes(new Content.Text("shall we?"));
        says("3EB0A", new Content.Reaction(new MessageRef(written.id(), THEM), "👍"));
        assertThat(lines()).singleElement().satisfies(l -> assertThat(l.reactions()).containsEntry(US, "👍"));
        says("3EB0B", new Content.Reaction(new MessageRef(written.id(), THEM), "❤️"));
        assertThat(lines()).singleElement().satisfies(l -> assertThat(l.reactions()).containsEntry(US, "❤️"));
        says("3EB0C", new Content.Reaction(new MessageRef(written.id(), THEM), ""));
        assertThat(lines()).singleElement().satisfies(l -> assertThat(l.reactions()).isEmpty());
    }

    @Test
    void anEditReplacesOnlyTheOwnText() {
        Written written = writes(new Content.Text("theirs"));
        says("3EB0A", new Content.Text("first"));
        says("3EB0B", new Content.Edit(MessageRef.own(A), "second"));
        says("3EB0C", new Content.Edit(MessageRef.own(written.id()), "forged"));
        assertThat(lines()).extracting(ChatLine::text).containsExactly("theirs", "second");
        assertThat(lines()).extracting(ChatLine::edited).containsExactly(false, true);
    }

    @Test
    void aDeleteTakesOnlyTheOwnMessageBack() {
        Written written = writes(new Content.Text("theirs"));
        says("3EB0A", new Content.Text("mine"));
        says("3EB0B", new Content.Delete(MessageRef.own(A)));
        says("3EB0C", new Content.Delete(new MessageRef(written.id(), THEM)));
        assertThat(lines()).extracting(ChatLine::text).containsExactly("theirs", "(deleted)");
        assertThat(lines().getLast().content()).isNull();
    }

    @Test
    void aPhoneCanSayAllOfItToo() {
        stage.whatsApp.shelf().put(SHA, "audio/ogg", new byte[10]);
        for (Content content : List.of(new Content.Voice(LINK, null, null),
                new Content.Location(44.4, 26.1, "Piața", null, null),
                new Content.Contact("Ana", List.of(Stage.THEIRS), null),
                new Content.Reaction(MessageRef.own(A), "👍"), new Content.Edit(MessageRef.own(A), "x"),
                new Content.Delete(MessageRef.own(A)))) {
            writes(content);
            ServerFrame.Message told = stage.hear(ours, ServerFrame.Message.class);
            assertThat(told.content()).isEqualTo(content);
            assertThat(told.media()).isEqualTo(
                    content instanceof Content.Media ? new MediaInfo("audio/ogg", 10, SHA) : null);
        }
        assertThat(Stage.refused(stage.whatsApp.people().write(stage.now(), Stage.THEIRS, Stage.OURS,
                new Content.Sticker(URI.create("http://elsewhere/x"), null, null), null)))
                .isEqualTo(Answer.Reason.CONFLICT);
    }

    @Test
    void theOldestBytesGoFirst() {
        MediaShelf shelf = new MediaShelf(10, 3);
        shelf.put("a".repeat(64), "image/png", new byte[6]);
        shelf.put("b".repeat(64), "image/png", new byte[6]);
        assertThat(shelf.find("a".repeat(64)).orElseThrow().bytes()).isNull();
        assertThat(shelf.find("b".repeat(64)).orElseThrow().bytes()).hasSize(6);
        shelf.put("c".repeat(64), "image/png", new byte[1]);
        shelf.put("d".repeat(64), "image/png", new byte[1]);
        assertThat(shelf.find("a".repeat(64))).isEmpty();
    }
}
