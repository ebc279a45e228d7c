package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.LID;
import static io.wafleet.conversations.Samples.OTHER;
import static io.wafleet.conversations.Samples.PHONE;
import static org.assertj.core.api.Assertions.assertThat;

/** Search, in stores that offer it. */
public abstract class SearchContract extends StoreContract {
    @BeforeEach
    void needsSearch() {
        boolean offered = store().search(a.account(), null, "x", PageRequest.first(1)).isPresent();
        Assumptions.assumeTrue(offered, "the store offers no search");
    }

    private List<String> found(@Nullable Chat chat, String words) {
        return store().search(a.account(), chat == null ? null : a.thread(chat), words, PageRequest.first(100))
                .orElseThrow().items().stream().map(m -> m.id().value()).toList();
    }

    @Test
    void findsWordsByTheirBeginningWhateverCaseAndAccents() {
        apply(a.text(PHONE, "M1", 1, "Sărbători fericite!"), a.text(OTHER, "M2", 2, "sarbatorile vin"),
                a.text(PHONE, "M3", 3, "altceva"));
        assertThat(found(null, "SARBATOR")).containsExactly("M2", "M1");
        assertThat(found(PHONE, "sărbă")).containsExactly("M1");
        assertThat(found(null, "sarbatori fericite")).containsExactly("M1");
        assertThat(found(null, "nothing")).isEmpty();
    }

    @Test
    void takesNoWordForALanguageOfItsOwn() {
        apply(a.text(PHONE, "M1", 1, "AND OR NOT NEAR quote\" star* \0hidden 'x'); DROP TABLE message;--"));
        for (String words : List.of("and or not", "near", "\"quote\"", "star*", "hidden", "drop table", "x')")) {
            assertThat(found(null, words)).as(words).containsExactly("M1");
        }
        for (String words : List.of("", "\"", "*", "( )", "\0", "-", "scope:x nothing")) {
            assertThat(found(null, words)).as(words).isEmpty();
        }
    }

    @Test
    void followsEditsAndForgetsWhatWasTakenBack() {
        apply(a.text(PHONE, "M1", 1, "monday"), a.edit(PHONE, "E1", 2, "M1", "tuesday"));
        assertThat(found(null, "monday")).isEmpty();
        assertThat(found(null, "tuesday")).containsExactly("M1");
        apply(a.deletion(PHONE, "D1", 3, "M1"));
        assertThat(found(null, "tuesday")).isEmpty();
    }

    @Test
    void findsNothingOfOtherAccounts() {
        Samples b = new Samples(new AccountId(a.account().value() + "_b"));
        store().apply(List.of(b.text(PHONE, "M1", 1, "secret")));
        assertThat(found(null, "secret")).isEmpty();
        assertThat(found(PHONE, "secret")).isEmpty();
    }

    @Test
    void findsAJoinedMessageInThePhonesThread() {
        apply(a.text(LID, "M1", 1, "needle"), a.known(2));
        assertThat(found(PHONE, "needle")).containsExactly("M1");
        assertThat(found(LID, "needle")).containsExactly("M1");
        assertThat(found(null, "needle")).containsExactly("M1");
    }

    @Test
    void pagesThroughWhatItFinds() {
        for (int i = 0; i < 25; i++) {
            apply(a.text(PHONE, "M%02d".formatted(i), i / 2, "needle"));
        }
        Page<StoredMessage> first = store().search(a.account(), null, "needle", PageRequest.first(10)).orElseThrow();
        Page<StoredMessage> rest = store().search(a.account(), null, "needle", new PageRequest(20, first.next()))
                .orElseThrow();
        assertThat(first.items()).hasSize(10).doesNotContainAnyElementsOf(rest.items());
        assertThat(rest.items()).hasSize(15);
        assertThat(rest.next()).isNull();
    }
}
