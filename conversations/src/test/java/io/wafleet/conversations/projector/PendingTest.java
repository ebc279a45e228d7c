package io.wafleet.conversations.projector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.Topic;
import io.wafleet.conversations.ConversationStore;
import io.wafleet.kafka.AccountPartitions;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.projector.Told.LID;
import static io.wafleet.conversations.projector.Told.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class PendingTest {
    private static final Map<String, Topic> TOPICS = Map.of("events", Topic.EVENTS);
    private final Told told = new Told(new AccountId("account_test_pending"));
    private final Projection projection = new Projection(new AccountPartitions(1));
    private final Pending pending = new Pending();

    /** Of two changes: whose LID it is, and the message. */
    private Item item(int number) {
        return Item.of(new ConsumerRecord<>("events", 0, number, new byte[0],
                JsonCodec.encode(told.inbound(LID, LID, "M" + number, number, "text", PHONE, null))), TOPICS,
                projection);
    }

    @Test
    void aBatchHoldsWholeRecordsAndNoMoreThanAStoreTakes() {
        for (int i = 0; i < ConversationStore.MAX_BATCH; i++) {
            pending.add(item(i));
        }
        List<Item> batch = pending.next();
        assertThat(batch).hasSize(ConversationStore.MAX_BATCH / 2);
        assertThat(pending.next()).isEqualTo(batch);
        pending.kept(batch.size());
        assertThat(pending.size()).isEqualTo(ConversationStore.MAX_BATCH / 2);
        assertThat(pending.next().getFirst().record().offset()).isEqualTo(ConversationStore.MAX_BATCH / 2);
    }

    @Test
    void whatNoStoreKeepsIsLeftOutAndTheRestOfItsRecordStays() {
        Item first = item(1);
        Item second = item(2);
        pending.add(first);
        pending.add(second);
        pending.leaveOut(second.changes().get(1), "too large");
        assertThat(pending.next()).containsExactly(first, second.without(second.changes().get(1), "too large"));
        assertThat(pending.next().get(1).changes()).containsExactly(second.changes().get(0));
        assertThat(pending.next().get(1).poison()).isEqualTo("too large");
        assertThatThrownBy(() -> pending.leaveOut(item(3).changes().get(1), "too large"))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatAnotherProcessReadsFromNowOnIsForgotten() {
        pending.add(item(1));
        pending.forget(List.of(new TopicPartition("events", 1)));
        assertThat(pending.size()).isEqualTo(1);
        pending.forget(List.of(new TopicPartition("events", 0)));
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void poisonWaitsForItsTurnAmongTheOthers() {
        pending.add(item(1));
        pending.add(Item.of(new ConsumerRecord<>("events", 0, 2, new byte[0], new byte[]{1}), TOPICS, projection));
        assertThat(pending.next()).extracting(Item::poison).containsExactly(null, "not JSON");
        assertThat(pending.next().get(1).changes()).isEmpty();
    }
}
