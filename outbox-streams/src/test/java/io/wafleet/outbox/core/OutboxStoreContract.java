package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What every store of the outbox does, the one in maps as well as the real ones. Each test gets an empty one. */
public abstract class OutboxStoreContract {
    private static final AccountId ANA = new AccountId("ana");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    protected abstract OutboxStore empty();

    @Test
    void givesBackWhatWasPut() {
        OutboxStore store = empty();
        AccountRow row = AccountRow.fresh(ANA, OutboxPolicy.standard(), AT).accepted(AT).dispatched(id("m1"));
        store.put(Table.ACCOUNTS, Key.of(ANA), row);
        assertThat(store.get(Table.ACCOUNTS, Key.of(ANA))).isEqualTo(row);
        KeyRow key = new KeyRow(id("m1"), "f", AT);
        store.put(Table.KEYS, Table.idempotencyKey(ANA, "k"), key);
        assertThat(store.get(Table.KEYS, Table.idempotencyKey(ANA, "k"))).isEqualTo(key);
    }

    @Test
    void knowsNothingOfWhatWasNeverPut() {
        assertThat(empty().get(Table.ACCOUNTS, Key.of(ANA))).isNull();
        assertThat(empty().scan(Table.CHATS, Key.FIRST, Key.LAST, 10)).isEmpty();
    }

    @Test
    void forgetsWhatWasDeleted() {
        OutboxStore store = empty();
        ref(store, Key.of(ANA), "m1");
        store.delete(Table.CHATS, Key.of(ANA));
        store.delete(Table.CHATS, Key.of(ANA).with("never there"));
        assertThat(store.get(Table.CHATS, Key.of(ANA))).isNull();
    }

    @Test
    void scansInTheOrderOfNumbersAndMoments() {
        OutboxStore store = empty();
        List.of(300L, -1L, 2L, 0L, 255L).forEach(n -> ref(store, Key.of(ANA).with(n), "m" + Math.abs(n)));
        assertThat(messages(store, Key.of(ANA), Key.of(ANA).afterAll(), 9)).isEqualTo("m1 m0 m2 m255 m300");
    }

    @Test
    void scansFromOneKeyInclusiveToAnotherExclusiveUpToTheLimit() {
        OutboxStore store = empty();
        for (int i = 0; i < 5; i++) {
            ref(store, Key.of(ANA).with(i), "m" + i);
        }
        assertThat(messages(store, Key.of(ANA).with(1), Key.of(ANA).with(4), 9)).isEqualTo("m1 m2 m3");
        assertThat(messages(store, Key.of(ANA).with(1), Key.of(ANA).with(4), 2)).isEqualTo("m1 m2");
    }

    @Test
    void keepsTablesAndAccountsApart() {
        OutboxStore store = empty();
        ref(store, Key.of(new AccountId("a")).with(1), "a");
        ref(store, Key.of(new AccountId("ab")).with(1), "ab");
        store.put(Table.READY, Key.of(new AccountId("a")).with(1), new Table.Ref(ANA, id("ready")));
        Key prefix = Key.of(new AccountId("a"));
        assertThat(messages(store, prefix, prefix.afterAll(), 9)).isEqualTo("a");
    }

    @Test
    void givesBackKeysThatLeadToTheirRows() {
        OutboxStore store = empty();
        ref(store, Key.of(ANA).with(7), "m7");
        store.scan(Table.CHATS, Key.FIRST, Key.LAST, 9).forEach(e -> store.delete(Table.CHATS, e.key()));
        assertThat(store.scan(Table.CHATS, Key.FIRST, Key.LAST, 9)).isEmpty();
    }

    @Test
    void scansTheStoreOnDiskLikeTheOther() {
        OutboxStore store = empty();
        for (int i = 0; i < 3; i++) {
            store.put(Table.KEYS, Table.idempotencyKey(ANA, "k" + i), new KeyRow(id("m" + i), null, null));
        }
        assertThat(store.scan(Table.KEYS, Table.idempotencyKey(ANA, "k1"), Key.LAST, 9))
                .extracting(e -> e.value().message()).containsExactly(id("m1"), id("m2"));
    }

    @Test
    void aDraftOverItShowsItsChangesAndWritesThemOnlyWhenCommitted() {
        OutboxStore store = empty();
        for (int i = 0; i < 4; i++) {
            ref(store, Key.of(ANA).with(i), "m" + i);
        }
        Draft draft = new Draft(store);
        draft.delete(Table.CHATS, Key.of(ANA).with(0));
        draft.delete(Table.CHATS, Key.of(ANA).with(1));
        ref(draft, Key.of(ANA).with(9), "m9");
        assertThat(messages(draft, Key.of(ANA), Key.of(ANA).afterAll(), 2)).isEqualTo("m2 m3");
        assertThat(messages(draft, Key.of(ANA), Key.of(ANA).afterAll(), 9)).isEqualTo("m2 m3 m9");
        assertThat(messages(store, Key.of(ANA), Key.of(ANA).afterAll(), 9)).isEqualTo("m0 m1 m2 m3");
        draft.commit();
        assertThat(messages(store, Key.of(ANA), Key.of(ANA).afterAll(), 9)).isEqualTo("m2 m3 m9");
    }

    private static void ref(OutboxStore store, Key key, String message) {
        store.put(Table.CHATS, key, new Table.Ref(ANA, id(message)));
    }

    private static MessageId id(String message) {
        return new MessageId(message);
    }

    private static String messages(OutboxStore store, Key from, Key to, int limit) {
        return store.scan(Table.CHATS, from, to, limit).stream()
                .map(e -> Objects.requireNonNull(e.value().message()).value()).collect(Collectors.joining(" "));
    }
}
