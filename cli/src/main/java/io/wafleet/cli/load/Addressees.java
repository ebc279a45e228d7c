package io.wafleet.cli.load;

import io.wafleet.cli.fleet.LinkedAccounts.Account;
import java.util.List;

/** Spreads messages evenly over accounts, and each account's over several chats. */
final class Addressees {
    /** Enough that a chat's order, one message on its way at a time, never bounds what is measured. */
    private static final int CHATS_PER_ACCOUNT = 40;

    private final List<Account> accounts;

    Addressees(List<Account> accounts) {
        this.accounts = accounts;
    }

    /** The body of the request for the message of this number. */
    String request(int number) {
        Account from = accounts.get(number % accounts.size());
        return "{\"accountId\":\"%s\",\"to\":\"%s\",\"message\":\"Message number %d of a measurement.\"}"
                .formatted(from.id().value(), to(number), number);
    }

    /** The same with an idempotency key of its own, as an item of a bulk request. */
    String request(int number, String key) {
        return request(number).replaceFirst("}$", ",\"idempotencyKey\":\"" + key + "\"}");
    }

    private String to(int number) {
        int chat = number / accounts.size() % CHATS_PER_ACCOUNT;
        return "+40733%06d".formatted(number % accounts.size() * CHATS_PER_ACCOUNT + chat);
    }
}
