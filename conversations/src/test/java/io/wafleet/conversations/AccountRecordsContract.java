package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.MessageStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.LID;
import static io.wafleet.conversations.Samples.PHONE;
import static io.wafleet.conversations.Samples.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Export and erasure of one account, and of no other. */
public abstract class AccountRecordsContract extends StoreContract {
    private Map<String, Map<String, Object>> exported(AccountId account) {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        store().export(account, e -> assertThat(all.put(e.path(), e.fields())).as(e.path()).isNull());
        return all;
    }

    @Test
    void exportsAllOfTheAccountAlsoWhatIsNotShown() {
        apply(a.account(1, second(1), AccountStatus.CONNECTED), a.text(PHONE, "M1", 1, "regretted"),
                a.deletion(PHONE, "D1", 2, "M1"), a.status(PHONE, "M2", 3, 3, MessageStatus.SENT));
        Samples b = new Samples(new AccountId(a.account().value() + "_b"));
        store().apply(List.of(b.text(PHONE, "M3", 1, "of another account")));
        String thread = "threads/" + a.thread(PHONE).text();
        Map<String, Map<String, Object>> all = exported(a.account());
        assertThat(all).containsOnlyKeys("accounts/" + a.account().value(), thread, thread + "/messages/M1",
                thread + "/messages/M2");
        assertThat(all.get(thread + "/messages/M1")).containsEntry("originalBody", "regretted")
                .containsEntry("body", "");
    }

    @Test
    void theSinksFailureEndsTheExport() {
        apply(a.text(PHONE, "M1", 1, "x"));
        assertThatThrownBy(() -> store().export(a.account(), e -> {
            throw new IllegalStateException("disk full");
        })).hasMessageContaining("disk full");
        assertThat(exported(a.account())).hasSize(2);
    }

    @Test
    void whatIsErasedStaysErasedHoweverOftenItIsToldAgain() {
        Change[] told = {a.account(1, second(1), AccountStatus.CONNECTED), a.text(LID, "M1", 1, "hello"), a.known(2),
            a.text(PHONE, "M2", 3, "needle"), a.accepted(PHONE, "M3", 4, "own"),
            a.status(PHONE, "M3", 4, 5, MessageStatus.SENT), a.read(PHONE, 3)};
        Samples b = new Samples(new AccountId(a.account().value() + "_b"));
        store().apply(List.of(b.text(PHONE, "M1", 1, "of another account")));
        apply(told);
        assertThat(store().erase(a.account(), second(10))).isPositive();
        assertThat(exported(a.account())).isEmpty();
        apply(told);
        apply(a.status(PHONE, "M3", 4, 99, MessageStatus.READ));
        assertThat(exported(a.account())).isEmpty();
        assertThat(threads()).isEmpty();
        assertThat(store().accounts()).noneMatch(s -> s.account().equals(a.account()));
        store().search(a.account(), null, "needle", PageRequest.first(10))
                .ifPresent(page -> assertThat(page.items()).isEmpty());
        assertThat(store().erase(a.account(), second(9))).isZero();
        apply(a.text(PHONE, "M4", 11, "later"));
        assertThat(texts(PHONE)).containsExactly("later");
        assertThat(exported(b.account())).hasSize(2);
    }

    @Test
    void aDeletedAccountThatEachNewOwnerTellsOfStaysErased() {
        AccountStatusRecord deleted = a.account(1, second(1), AccountStatus.DELETED).status();
        apply(new Change.AccountChanged(deleted));
        assertThat(store().erasedAt(a.account())).isEmpty();
        store().erase(a.account(), second(10));
        assertThat(store().erasedAt(a.account())).contains(second(10));
        AccountStatusRecord toldAnew = a.account(2, second(20), AccountStatus.DELETED).status();
        apply(new Change.AccountChanged(new AccountStatusRecord(toldAnew.account(), toldAnew.phone(), toldAnew.name(),
                toldAnew.desired(), toldAnew.status(), null, null, false, toldAnew.worker(), toldAnew.epoch(),
                deleted.since(), toldAnew.updatedAt(), null, toldAnew.createdAt(), null, null, null)));
        assertThat(exported(a.account())).isEmpty();
        apply(a.account(3, second(30), AccountStatus.CONNECTED));
        assertThat(exported(a.account())).as("added again by a person").hasSize(1);
    }

    @Test
    void aLongThreadIsExportedAndErasedWhole() {
        List<Change> many = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            many.add(a.text(PHONE, "M" + i, i, "text " + i));
            if (many.size() == 400) {
                store().apply(many);
                many.clear();
            }
        }
        assertThat(exported(a.account())).hasSize(1_201);
        assertThat(store().erase(a.account(), second(2_000))).isPositive();
        assertThat(exported(a.account())).isEmpty();
    }
}
