package io.wafleet.kafka;

import io.wafleet.contract.AccountId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition an account has: murmur2 of its id, set explicitly by every producer of ours. */
public final class AccountPartitions {
    private final int count;

    /**
     * @param count the fleet's number of partitions, 1 or more
     */
    public AccountPartitions(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("partitions must be 1 or more");
        }
        this.count = count;
    }

    public int count() {
        return count;
    }

    public int of(AccountId account) {
        return Utils.toPositive(Utils.murmur2(account.value().getBytes(StandardCharsets.UTF_8))) % count;
    }
}
