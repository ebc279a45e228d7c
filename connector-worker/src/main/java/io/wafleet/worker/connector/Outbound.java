package io.wafleet.worker.connector;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageId;

/** A message to send, under the WhatsApp id that each attempt reuses. */
public record Outbound(MessageId id, Chat chat, Content content) {}
