package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;

/**
 * A chat in a phone's list.
 *
 * @param unread lines not read yet
 * @param last the newest line
 */
public record ChatView(Chat chat, int unread, ChatLine last) {}
