package io.wafleet.worker.journal;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.WorkerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class JournalImageTest {
    private static final AccountId ACCOUNT = new AccountId("account_prod_1");
    private static final TransactionalId OWNER = new TransactionalId("wafleet.w-1");

    private final JournalImage image = new JournalImage();

    @Test
    void isEmptyAtFirst() {
        assertThat(image.epoch()).isEqualTo(Epoch.NONE);
        assertThat(image.position()).isZero();
        assertThat(image.owners()).isEmpty();
        assertThat(image.accounts()).isEmpty();
    }

    @Test
    void keepsTheLatestRecordForEachKey() {
        put(new JournalKey.Partition(), new JournalRecord.PartitionState(new Epoch(7), new WorkerId("w"), 10, 1));
        put(new JournalKey.Partition(), new JournalRecord.PartitionState(new Epoch(8), new WorkerId("w"), 12, 2));
        assertThat(image.epoch()).isEqualTo(new Epoch(8));
        assertThat(image.position()).isEqualTo(12);
    }

    @Test
    void aTombstoneEndsAClaim() {
        put(new JournalKey.Owner(OWNER),
                new JournalRecord.OwnerClaim(OWNER, new WorkerId("w"), new Epoch(1), Instant.EPOCH));
        assertThat(image.owners()).containsExactly(OWNER);
        image.replay(0, bytes(new JournalKey.Owner(OWNER).text()), null);
        assertThat(image.owners()).isEmpty();
    }

    @Test
    void credentialPartsComeAndGoOneByOne() {
        put(new JournalKey.Credential(ACCOUNT, "identity"), new JournalRecord.Credential(ACCOUNT, "identity", "AAAA"));
        put(new JournalKey.Credential(ACCOUNT, "pre/key/1"),
                new JournalRecord.Credential(ACCOUNT, "pre/key/1", "BBBB"));
        image.replay(0, bytes(new JournalKey.Credential(ACCOUNT, "identity").text()), null);
        assertThat(image.credentials(ACCOUNT)).containsOnlyKeys("pre/key/1");
        image.replay(0, bytes(new JournalKey.Credential(ACCOUNT, "pre/key/1").text()), null);
        assertThat(image.credentials(ACCOUNT)).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadLeavesTheOneBeforeAndIsKept() {
        put(new JournalKey.Partition(), new JournalRecord.PartitionState(new Epoch(7), new WorkerId("w"), 10, 1));
        image.replay(5, bytes("partition"), bytes("{broken"));
        byte[] claim = JsonCodec
                .encode(new JournalRecord.OwnerClaim(OWNER, new WorkerId("w"), new Epoch(1), Instant.EPOCH));
        image.replay(6, bytes("nonsense"), claim);
        image.replay(7, bytes("credential/" + ACCOUNT.value() + "/noise"), claim);
        assertThat(image.position()).isEqualTo(10);
        assertThat(image.unreadable()).extracting(Unreadable::offset).containsExactly(5L, 6L, 7L);
        assertThat(image.unreadable().getLast().reason()).contains("does not fit");
        assertThat(image.unreadableParts(ACCOUNT)).containsExactly("noise");
    }

    @Test
    void aNewerRecordOfTheSameKeyStandsForTheOneThatCannotBeRead() {
        image.replay(5, bytes("partition"), bytes("{broken"));
        image.replay(6, bytes("nonsense"), bytes("x"));
        put(new JournalKey.Partition(), new JournalRecord.PartitionState(new Epoch(7), new WorkerId("w"), 10, 1));
        image.replay(8, bytes("nonsense"), null);
        assertThat(image.unreadable()).isEmpty();
    }

    @Test
    void whoClaimedIsKnownByTheKeyEvenIfTheClaimCannotBeRead() {
        image.replay(5, bytes(new JournalKey.Owner(OWNER).text()), bytes("{broken"));
        assertThat(image.owners()).containsExactly(OWNER);
    }

    @Test
    void aDeletionAndWhatCannotBeReadAreKnowledgeOfAnAccountToo() {
        assertThat(image.known()).isEmpty();
        image.replay(1, bytes(new JournalKey.Credential(ACCOUNT, "noise").text()), null);
        assertThat(image.known()).containsExactly(ACCOUNT);
        AccountId other = new AccountId("account_prod_2");
        image.replay(2, bytes(new JournalKey.Account(other).text()), bytes("{broken"));
        assertThat(image.known()).contains(other);
    }

    private void put(JournalKey key, JournalRecord record) {
        image.replay(0, bytes(key.text()), JsonCodec.encode(record));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
