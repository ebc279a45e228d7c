package io.wafleet.conversations;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

/** Pages: whole, without doubles, the newest first, whatever is written between them. */
public abstract class PagingContract extends StoreContract {
    private List<String> messageIds(Page<StoredMessage> page) {
        return page.items().stream().map(m -> m.id().value()).toList();
    }

    private List<Change> texts(int count, long second) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(a.text(PHONE, "M%03d".formatted(i), second, "text " + i));
        }
        return changes;
    }

    @Test
    void messagesOfOneMomentAreOrderedByTheirIds() {
        store().apply(texts(25, 5));
        List<String> all = new ArrayList<>();
        Cursor after = null;
        do {
            Page<StoredMessage> page = store().messages(a.thread(PHONE), new PageRequest(10, after));
            all.addAll(messageIds(page));
            after = reread(page.next());
        } while (after != null);
        assertThat(all).hasSize(25).doesNotHaveDuplicates().isSortedAccordingTo((x, y) -> y.compareTo(x));
    }

    /** As it comes back from a client. */
    private static @Nullable Cursor reread(@Nullable Cursor cursor) {
        return cursor == null ? null : Cursor.parse(cursor.text());
    }

    @Test
    void whatComesBetweenTwoPagesDisturbsNone() {
        store().apply(texts(20, 5));
        Page<StoredMessage> first = store().messages(a.thread(PHONE), PageRequest.first(10));
        apply(a.text(PHONE, "N1", 9, "newer"), a.text(PHONE, "M0095", 5, "same moment"),
                a.text(PHONE, "O1", 1, "older"));
        Page<StoredMessage> second = store().messages(a.thread(PHONE), new PageRequest(20, first.next()));
        assertThat(second.next()).isNull();
        assertThat(messageIds(second)).containsExactly("M0095", "M009", "M008", "M007", "M006", "M005", "M004", "M003",
                "M002", "M001", "M000", "O1");
    }

    @Test
    void aFullLastPageHasNoNext() {
        store().apply(texts(10, 5));
        assertThat(store().messages(a.thread(PHONE), PageRequest.first(10)).next()).isNull();
        assertThat(store().messages(a.thread(PHONE), PageRequest.first(9)).next()).isNotNull();
    }

    @Test
    void threadsComeNewestFirstAndMoveUpWithANewMessage() {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            changes.add(a.text(Samples.person(i), "M" + i, i / 3, "hello"));
        }
        store().apply(changes);
        Page<StoredThread> first = store().threads(a.account(), PageRequest.first(10));
        apply(a.text(Samples.person(0), "M99", 99, "again"));
        Page<StoredThread> second = store().threads(a.account(),
                new PageRequest(10, reread(first.next())));
        Page<StoredThread> third = store().threads(a.account(), new PageRequest(20, second.next()));
        assertThat(third.next()).isNull();
        List<ThreadId> seen = new ArrayList<>();
        for (Page<StoredThread> page : List.of(first, second, third)) {
            page.items().forEach(t -> seen.add(t.id()));
        }
        assertThat(seen).hasSize(29).doesNotHaveDuplicates();
        assertThat(new HashSet<>(seen)).doesNotContain(a.thread(Samples.person(0)));
        assertThat(threads().getFirst().id()).isEqualTo(a.thread(Samples.person(0)));
    }

    @Test
    void anUnknownThreadOrAccountIsEmpty() {
        assertThat(threads()).isEmpty();
        assertThat(store().thread(a.thread(PHONE))).isEmpty();
        assertThat(store().messages(a.thread(PHONE), PageRequest.first(1)).items()).isEmpty();
    }
}
