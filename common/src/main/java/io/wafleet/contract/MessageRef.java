package io.wafleet.contract;

import org.jspecify.annotations.Nullable;

/**
 * Names a message of the same chat that another one is about.
 *
 * @param from who wrote it: the chat itself, or the member of a group; null: the account that now sends
 */
public record MessageRef(MessageId id, @Nullable Chat from) {
    public MessageRef {
        ContentRule.present("id", id);
    }

    /** A message that the account itself sent. */
    public static MessageRef own(MessageId id) {
        return new MessageRef(id, null);
    }
}
