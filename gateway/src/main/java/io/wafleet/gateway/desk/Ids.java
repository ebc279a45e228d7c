package io.wafleet.gateway.desk;

import io.wafleet.contract.CommandId;
import io.wafleet.contract.MessageId;
import java.util.function.Supplier;

/**
 * Where new ids come from; each is given out once, by whichever gateway. Thread-safe.
 *
 * @param commands for account commands and outbox requests
 * @param messages for messages: the WhatsApp id, for ever
 */
public record Ids(Supplier<CommandId> commands, Supplier<MessageId> messages) {}
