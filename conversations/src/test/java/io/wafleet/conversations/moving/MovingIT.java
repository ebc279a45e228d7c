package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.conversations.PageRequest;
import io.wafleet.conversations.ThreadId;
import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.conversations.store.Stores;
import io.wafleet.identity.PhoneNumbers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A plan in the embedded store. */
final class MovingIT {
    @TempDir
    private Path folder;

    private ConversationStore open() {
        return Stores.open(new StoreSettings(StoreSettings.Kind.SQLITE, folder.resolve("store.db"), ""));
    }

    @Test
    void theStoreHoldsWhatTheRehearsalShowedAndASecondRunChangesNothing() {
        MovePlan plan = OriginalFixture.plan();
        Rehearsal rehearsal = Rehearsal.of(plan);
        try (ConversationStore store = open()) {
            store.apply(plan.changes());
            Census first = Census.of(store, plan.conversationsOf());
            assertThat(first.documents().keySet()).containsExactlyInAnyOrderElementsOf(rehearsal.paths());
            store.apply(plan.changes());
            assertThat(Census.of(store, plan.conversationsOf())).isEqualTo(first);
            assertThat(store.threads(new AccountId(OriginalFixture.SHOP), PageRequest.first(50)).items())
                    .extracting(thread -> thread.id().text()).doesNotHaveDuplicates()
                    .noneMatch(id -> ThreadId.isLid(ThreadId.parse(id).chat()));
        }
    }

    @Test
    void theStoreTakesWhateverAPlanMakesOfGarbage() {
        try (ConversationStore store = open()) {
            for (long seed = 0; seed < 40; seed++) {
                store.apply(Original.plan(GarbageTest.spoilt(seed), new PhoneNumbers("RO")).changes());
            }
            assertThat(store.threads(new AccountId(OriginalFixture.SHOP), PageRequest.first(50)).items()).isNotEmpty();
        }
    }

    @Test
    void whatWasErasedStaysOutAndTheRehearsalKnows() {
        MovePlan plan = OriginalFixture.plan();
        AccountId shop = new AccountId(OriginalFixture.SHOP);
        Instant at = Instant.parse("2026-03-02T00:00:00Z");
        try (ConversationStore store = open()) {
            store.apply(plan.changes());
            Census before = Census.of(store, plan.conversationsOf());
            store.erase(shop, at);
            store.apply(plan.changes());
            Census after = Census.of(store, plan.conversationsOf());
            assertThat(after.documents().keySet()).isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(Rehearsal.of(plan, Map.of(shop, at)).paths())
                    .noneMatch(path -> path.contains(OriginalFixture.SHOP));
            assertThat(after.documents()).allSatisfy((path, content) -> assertThat(before.documents())
                    .containsEntry(path, content));
        }
    }

    @Test
    void aRunThatWasCutIsSimplyRepeated() {
        List<Change> all = OriginalFixture.plan().changes();
        Census whole;
        try (ConversationStore store = Stores.open(
                new StoreSettings(StoreSettings.Kind.SQLITE, folder.resolve("whole.db"), ""))) {
            store.apply(all);
            whole = Census.of(store, OriginalFixture.plan().conversationsOf());
        }
        for (int cut = 1; cut < all.size(); cut += 7) {
            try (ConversationStore store = Stores.open(
                    new StoreSettings(StoreSettings.Kind.SQLITE, folder.resolve(cut + ".db"), ""))) {
                store.apply(all.subList(0, cut));
                store.apply(all);
                assertThat(Census.of(store, OriginalFixture.plan().conversationsOf())).as("cut at " + cut)
                        .isEqualTo(whole);
            }
        }
    }
}
