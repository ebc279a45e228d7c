package io.wafleet.worker.session;

/**
 * Tells an account's connections apart, so that what an older one still says is known as old.
 *
 * @param value 1 or more, grows with each connection of the account under one owner
 */
public record ConnectionNumber(long value) {
    ConnectionNumber next() {
        return new ConnectionNumber(value + 1);
    }
}
