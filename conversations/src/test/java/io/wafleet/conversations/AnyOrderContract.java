package io.wafleet.conversations;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static io.wafleet.conversations.Samples.GROUP;
import static io.wafleet.conversations.Samples.LID;
import static io.wafleet.conversations.Samples.OTHER;
import static io.wafleet.conversations.Samples.PHONE;
import static io.wafleet.conversations.Samples.ref;
import static org.assertj.core.api.Assertions.assertThat;

/** The same changes, in any order, in batches of any size, some of them told twice, end in what people read being the same. */
public abstract class AnyOrderContract extends StoreContract {
    /** How many orders to try; a store that is slow tries fewer. */
    protected int orders() {
        return 20;
    }

    private static List<Change> story(Samples s) {
        List<Change> all = new ArrayList<>(List.of(s.account(3, Samples.second(5), AccountStatus.CONNECTING),
                s.account(3, Samples.second(6), AccountStatus.CONNECTED),
                s.account(4, Samples.second(2), AccountStatus.NEEDS_QR), s.known(7), s.read(PHONE, 12),
                s.text(GROUP, "G1", 3, "in a group"),
                s.inbound(GROUP, OTHER, "G2", 4, false, new Content.Reaction(ref("G1"), "👍")),
                s.inbound(GROUP, OTHER, "G3", 5, false, new Content.Delete(ref("G1")))));
        for (int i = 1; i <= 8; i++) {
            Chat chat = i % 2 == 0 ? LID : PHONE;
            all.add(s.text(chat, "M" + i, 2 * i, "text " + i));
            all.add(s.reaction(i % 3 == 0 ? LID : PHONE, "R" + i, 30 + i, "M" + (i % 3 + 1), i % 4 == 0 ? "" : "👍"));
            all.add(s.edit(PHONE, "E" + i, 40 + i, "M" + (i % 4 + 1), "edit " + i));
        }
        all.add(s.deletion(LID, "D1", 60, "M3"));
        all.add(s.deletion(PHONE, "D2", 61, "M3"));
        all.add(s.own(LID, "O1", 9, "typed on the phone"));
        all.add(s.accepted(PHONE, "A1", 13, "bubble"));
        all.add(s.own(PHONE, "A1", 14, "bubble"));
        for (MessageStatus status : MessageStatus.values()) {
            all.add(s.status(PHONE, "A1", 13, 20 + status.ordinal(), status));
            all.add(s.status(LID, "A1", 13, 19 - status.ordinal(), status));
        }
        all.add(s.accepted(LID, "A2", 15, new Content.Edit(ref("A1"), "bubble, edited")));
        all.add(s.status(PHONE, "A2", 15, 16, MessageStatus.QUEUED));
        all.add(s.status(LID, "A2", 15, 17, MessageStatus.DELIVERED));
        return all;
    }

    /** All that people can read, with the account's name taken out. */
    private Map<String, String> read(AccountId account) {
        Map<String, String> all = new TreeMap<>();
        store().accounts().stream().filter(s -> s.account().equals(account))
                .forEach(s -> all.put("account", DocumentFields.of(s).toString()));
        for (StoredThread thread : store().threads(account, PageRequest.first(100)).items()) {
            all.put(thread.id().chat().jid(), DocumentFields.of(thread).toString());
            for (StoredMessage message : store().messages(thread.id(), PageRequest.first(100)).items()) {
                all.put(thread.id().chat().jid() + "/" + message.id(), DocumentFields.whole(message).toString());
            }
        }
        all.replaceAll((_, text) -> text.replace(account.value(), "account"));
        return all;
    }

    @Test
    void endTheSame() {
        store().apply(story(a));
        Map<String, String> expected = read(a.account());
        assertThat(expected).hasSize(1 + 2 + 1 + 8 + 2);
        for (int seed = 0; seed < orders(); seed++) {
            Random random = new Random(seed);
            Samples s = new Samples(new AccountId(a.account().value() + "_" + seed));
            List<Change> changes = new ArrayList<>(story(s));
            changes.addAll(story(s).stream().filter(_ -> random.nextInt(3) == 0).toList());
            Collections.shuffle(changes, random);
            for (int from = 0; from < changes.size();) {
                int to = Math.min(changes.size(), from + 1 + random.nextInt(15));
                store().apply(changes.subList(from, to));
                from = to;
            }
            assertThat(read(s.account())).as("seed " + seed).isEqualTo(expected);
        }
    }
}
