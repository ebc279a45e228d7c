package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * A phone, for people.
 *
 * @param registered whether it is on WhatsApp
 * @param account linked to it; null when none is
 * @param generation of the newest pairing; 0 before the first
 * @param connected whether the account has a live connection
 * @param connection its number; null when there is none
 * @param waiting messages that the account has not stored yet
 * @param autoRead whether what comes is read by itself
 * @param unread lines not read on the phone
 */
public record PhoneView(PhoneNumber phone, boolean registered, @Nullable String account, long generation,
        boolean connected, @Nullable Long connection, int waiting, boolean autoRead, int unread) {}
