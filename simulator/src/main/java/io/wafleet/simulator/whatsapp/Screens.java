package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.MessageRef;
import io.wafleet.contract.PhoneNumber;
import java.util.function.UnaryOperator;

/**
 * Shows messages on phones: most are a line more; reactions, edits and deletes change the line that they are about. One that is about
 * a line that is not there, or not by whom it says, changes nothing, as at WhatsApp.
 */
final class Screens {
    private static final String GROUP = "@g.us";

    private final ChatHistory history;
    private final Effects effects;

    Screens(ChatHistory history, Effects effects) {
        this.history = history;
        this.effects = effects;
    }

    /**
     * @param message made into a line
     */
    void show(PhoneNumber phone, Chat chat, ChatLine message) {
        Chat by = message.from();
        switch (message.readable() ? message.content() : null) {
            case Content.Reaction reaction ->
                change(phone, chat, reaction.message(), by, line -> line.reacted(by, reaction.emoji()));
            case Content.Edit edit -> change(phone, chat, edit.message(), by, line -> line.edited(edit.text()));
            case Content.Delete delete -> {
                if (delete.message().from() == null || chat.jid().endsWith(GROUP)) {
                    change(phone, chat, delete.message(), by, ChatLine::deleted);
                }
            }
            case null, default -> history.add(phone, chat, message);
        }
        effects.show(new Sight.ChatChanged(phone, chat));
    }

    private void change(PhoneNumber phone, Chat chat, MessageRef ref, Chat by, UnaryOperator<ChatLine> change) {
        Chat author = ref.from() == null ? by : ref.from();
        history.change(phone, chat, line -> line.id().equals(ref.id()) && line.from().equals(author), change);
    }
}
