package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;

/**
 * A phone and the account linked to it.
 *
 * @param account what the client calls itself
 * @param generation of the pairing
 */
public record Link(PhoneNumber phone, String account, long generation) {}
