package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.simulator.ServerFrame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Many messages for many accounts, from people made up for it; who reads them on a screen is nobody. On the simulator's thread. */
final class Burst {
    private static final int SENDERS_PER_ACCOUNT = 4;
    private static final int MAX_AT_ONCE = 200;

    private final long number;
    private final String idPrefix;
    private final List<PhoneNumber> accounts;
    private final int messages;
    private final int perSecond;
    private final Instant begun;
    private int written;

    /**
     * @param perSecond 0: as fast as can be
     */
    Burst(long number, String idPrefix, List<PhoneNumber> accounts, int messages, int perSecond, Instant begun) {
        this.number = number;
        this.idPrefix = idPrefix;
        this.accounts = List.copyOf(accounts);
        this.messages = messages;
        this.perSecond = perSecond;
        this.begun = begun;
    }

    /** Writes what is due, but never much at once: others want their turn. */
    void writeDue(Instant at, Incoming incoming) {
        long due = perSecond == 0
                ? messages
                : Math.min(messages, Duration.between(begun, at).toMillis() * perSecond / 1_000 + 1);
        for (int n = 0; n < MAX_AT_ONCE && written < due; n++) {
            int account = written % accounts.size();
            int sender = account * SENDERS_PER_ACCOUNT + written / accounts.size() % SENDERS_PER_ACCOUNT;
            Chat chat = Chat.of(new PhoneNumber("+1999%09d".formatted(sender)));
            incoming.forAccount(accounts.get(account),
                    new ServerFrame.Message(new MessageId("%s%012X".formatted(idPrefix, written)), chat, chat, false,
                            "Sender " + sender, new Content.Text("message " + written + " of burst " + number), null,
                            at));
            written++;
        }
    }

    BurstView view() {
        return new BurstView(number, idPrefix, accounts.size(), messages, written);
    }
}
