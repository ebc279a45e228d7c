package io.wafleet.worker.partition;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.JournalKey;
import io.wafleet.contract.Topic;
import io.wafleet.worker.journal.JournalImage;
import io.wafleet.worker.journal.Unreadable;
import io.wafleet.worker.log.Entry;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of the journal records of a partition that cannot be read. Each goes to the dead letters; the key is deleted when nothing
 * else could be made of it. Credentials stay where they are: what opens them may come back.
 */
final class UnreadableRecords {
    private static final Logger LOG = LoggerFactory.getLogger(UnreadableRecords.class);

    private final String topic;
    private final int partition;

    UnreadableRecords(String topicPrefix, int partition) {
        this.topic = Topic.JOURNAL.name(topicPrefix);
        this.partition = partition;
    }

    void bury(JournalImage image, Facts facts, Instant at, List<Entry> entries) {
        for (Unreadable record : image.unreadable()) {
            switch (record.key()) {
                // The next position stands for it, and the claim before this deleted it.
                case JournalKey.Partition _,JournalKey.Owner _ -> letter(record, entries);
                case JournalKey.Account(AccountId account) when image.accounts().containsKey(account) ->
                    letter(record, entries);
                case JournalKey.Account(AccountId account) -> {
                    delete(record, entries);
                    entries.add(facts.unreadable(account, at));
                }
                case JournalKey.Credential(AccountId account, _) when image.accounts().containsKey(account) ->
                    letter(record, entries);
                case JournalKey.Credential _ -> delete(record, entries);
                case null -> delete(record, entries);
            }
        }
    }

    private void delete(Unreadable record, List<Entry> entries) {
        letter(record, entries);
        byte[] key = record.rawKey();
        if (key != null) {
            entries.add(Entry.journalTombstone(key));
        }
    }

    private void letter(Unreadable record, List<Entry> entries) {
        LOG.error("journal of partition {}: offset {} cannot be read: {}", partition, record.offset(), record.reason());
        entries.add(Entry.deadLetter(record.rawKey(), record.rawValue(), topic, partition, record.offset(),
                record.reason()));
    }
}
