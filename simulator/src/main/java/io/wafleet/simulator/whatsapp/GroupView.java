package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.Chat;
import io.wafleet.contract.PhoneNumber;
import java.util.List;

/** A group: what it is called, and who is in it. */
public record GroupView(Chat group, String subject, List<PhoneNumber> members) {
    public GroupView {
        members = List.copyOf(members);
    }

    /** Subjects are private. */
    @Override
    public String toString() {
        return "GroupView[" + group + ", " + members.size() + " members]";
    }
}
