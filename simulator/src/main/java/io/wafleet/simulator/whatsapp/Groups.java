package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The groups that were made; in memory only. Any other group's id is as good, but has no subject and nobody in it. */
final class Groups {
    private final Map<Chat, GroupView> known = new LinkedHashMap<>();

    void keep(GroupView group) {
        known.put(group.group(), group);
    }

    List<GroupView> all() {
        return List.copyOf(known.values());
    }

    @Nullable
    String subject(@Nullable Chat chat) {
        GroupView group = chat == null ? null : known.get(chat);
        return group == null ? null : group.subject();
    }

    /** Who else is in it; empty when it is not known. */
    List<PhoneNumber> membersBut(Chat chat, PhoneNumber writer) {
        GroupView group = known.get(chat);
        return group == null ? List.of() : group.members().stream().filter(m -> !m.equals(writer)).toList();
    }
}
