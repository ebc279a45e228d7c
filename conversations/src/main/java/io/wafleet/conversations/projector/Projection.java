package io.wafleet.conversations.projector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Event;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageContentRecord;
import io.wafleet.contract.MessageStatusRecord;
import io.wafleet.contract.Topic;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ThreadId;
import io.wafleet.kafka.AccountPartitions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a record changes of what people read. Pure: the same record gives the same changes, in the live stream and in a rebuild. */
final class Projection {
    /** Where the facts stand. */
    static final Set<Topic> TOPICS = EnumSet.of(Topic.EVENTS, Topic.ACCOUNT_STATUS, Topic.MESSAGE_STATUS);
    /** A message, and the LIDs of its chat and of its writer. */
    static final int MOST_CHANGES = 3;

    private final AccountPartitions partitions;

    Projection(AccountPartitions partitions) {
        this.partitions = partitions;
    }

    /**
     * Reads a record of one of {@link #TOPICS}.
     *
     * @return at most {@link #MOST_CHANGES}, to be applied in their order; none when nobody reads of it
     * @throws UnreadableRecordException when it cannot be understood, or is in a partition that is not its own
     */
    List<Change> read(Topic topic, int partition, byte @Nullable [] key, byte @Nullable [] value) {
        try {
            return switch (topic) {
                case EVENTS -> event(partition, value);
                case ACCOUNT_STATUS -> value == null ? List.of() : account(partition, value);
                case MESSAGE_STATUS -> value == null ? List.of() : message(partition, key, value);
                case COMMANDS, OUTBOX, REPLIES, JOURNAL, WORKERS, DEAD_LETTERS ->
                    throw new IllegalStateException("nothing of it is read: " + topic);
            };
        } catch (UnreadableRecordException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever a reader of JSON, or a rule of a value, may throw at odd input: the record is what is wrong.
            throw new UnreadableRecordException("cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private List<Change> event(int partition, byte @Nullable [] value) {
        if (value == null) {
            throw new UnreadableRecordException("record has no value");
        }
        Event event = JsonCodec.decode(value, Event.class);
        switch (event) {
            case Event.PartitionEvent about -> check(about.partition(), partition, null);
            case Event.AccountEvent about -> check(partitions.of(about.account()), partition, about.account());
        }
        return event instanceof Event.InboundMessage inbound ? inbound(inbound) : List.of();
    }

    private List<Change> account(int partition, byte[] value) {
        AccountStatusRecord status = JsonCodec.decode(value, AccountStatusRecord.class);
        check(partitions.of(status.account()), partition, status.account());
        return List.of(new Change.AccountChanged(status));
    }

    private List<Change> message(int partition, byte @Nullable [] key, byte[] value) {
        if (MessageContentRecord.isKey(key)) {
            MessageContentRecord content = JsonCodec.decode(value, MessageContentRecord.class);
            check(partitions.of(content.account()), partition, content.account());
            return List.of(new Change.OutboundContent(content.account(), content.chat(), content.message(),
                    content.content(), content.acceptedAt()));
        }
        MessageStatusRecord status = JsonCodec.decode(value, MessageStatusRecord.class);
        check(partitions.of(status.account()), partition, status.account());
        return List.of(new Change.OutboundStatus(status));
    }

    /** Whose LID it is comes first, so that the message goes to the phone's thread at once. */
    private static List<Change> inbound(Event.InboundMessage told) {
        List<Change> changes = new ArrayList<>(MOST_CHANGES);
        know(changes, told, told.chat(), told.alternative());
        know(changes, told, told.from(), told.fromAlternative());
        changes.add(new Change.Inbound(told.account(), told.chat(), told.message(), told.from(), told.fromMe(),
                told.senderName(), told.subject(), told.content(), told.media(),
                told.thumbnail() == null ? null : told.thumbnail().base64(), told.sentAt(), told.at()));
        return changes;
    }

    private static void know(List<Change> changes, Event.InboundMessage told, Chat one, @Nullable Chat other) {
        if (other == null) {
            return;
        }
        Chat lid = ThreadId.isLid(one) ? one : other;
        Chat phone = ThreadId.isLid(one) ? other : one;
        if (!ThreadId.isLid(lid) || !ThreadId.isPhone(phone)) {
            return; // Says nothing about whose phone a LID is; the message itself is as good as any.
        }
        Change.LidKnown known = new Change.LidKnown(told.account(), lid, phone, told.at());
        if (!changes.contains(known)) {
            changes.add(known);
        }
    }

    private static void check(int own, int found, @Nullable AccountId account) {
        if (own != found) {
            String whose = account == null ? "it is about partition " + own : account + " belongs in partition " + own;
            throw new UnreadableRecordException("wrong partition: " + whose);
        }
    }
}
