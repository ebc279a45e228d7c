package io.wafleet.worker.journal;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.JournalRecord;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.WorkerId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        image.replay(bytes(new JournalKey.Owner(OWNER).text()), null);
        assertThat(image.owners()).isEmpty();
    }

    @Test
    void credentialPartsComeAndGoOneByOne() {
        put(new JournalKey.Credential(ACCOUNT, "identity"), new JournalRecord.Credential(ACCOUNT, "identity", "AAAA"));
        put(new JournalKey.Credential(ACCOUNT, "pre/key/1"),
                new JournalRecord.Credential(ACCOUNT, "pre/key/1", "BBBB"));
        image.replay(bytes(new JournalKey.Credential(ACCOUNT, "identity").text()), null);
        assertThat(image.credentials(ACCOUNT)).containsOnlyKeys("pre/key/1");
        image.replay(bytes(new JournalKey.Credential(ACCOUNT, "pre/key/1").text()), null);
        assertThat(image.credentials(ACCOUNT)).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadLeavesTheImageAsItWas() {
        put(new JournalKey.Partition(), new JournalRecord.PartitionState(new Epoch(7), new WorkerId("w"), 10, 1));
        assertThatThrownBy(() -> image.replay(bytes("partition"), bytes("{broken")))
                .isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> image.replay(bytes("nonsense"), null)).isInstanceOf(UnreadableRecordException.class);
        byte[] claim = JsonCodec
                .encode(new JournalRecord.OwnerClaim(OWNER, new WorkerId("w"), new Epoch(1), Instant.EPOCH));
        assertThatThrownBy(() -> image.replay(bytes("partition"), claim)).isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("does not fit");
        assertThat(image.position()).isEqualTo(10);
    }

    private void put(JournalKey key, JournalRecord record) {
        image.replay(bytes(key.text()), JsonCodec.encode(record));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
