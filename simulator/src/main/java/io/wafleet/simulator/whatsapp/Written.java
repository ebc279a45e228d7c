package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.MessageId;

/**
 * A person's message was taken.
 *
 * @param queued whether it is for an account, and waits until the account has stored it
 * @param connected whether the account was connected and has been sent it
 */
public record Written(MessageId id, boolean queued, boolean connected) {}
