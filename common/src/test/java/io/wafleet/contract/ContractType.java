package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.wafleet.contract.simulator.ClientFrame;
import io.wafleet.contract.simulator.ServerFrame;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A type that is read and written as a whole.
 *
 * @param name of its schema and its folder of golden files
 */
record ContractType(String name, Class<?> type, String description) {
    static final List<ContractType> ALL = List.of(
            new ContractType("command", Command.class, "An order to the owner of an account."),
            new ContractType("outbox-request", OutboxRequest.class, "What a gateway asks of the outbox."),
            new ContractType("event", Event.class, "A fact, told by the owner of a partition."),
            new ContractType("reply", Reply.class, "How a command or request ended."),
            new ContractType("journal-record", JournalRecord.class,
                    "What the next owner of a partition must know to take over."),
            new ContractType("account-status", AccountStatusRecord.class, "The latest truth about an account."),
            new ContractType("message-status", MessageStatusRecord.class,
                    "The latest status of an outbound message."),
            new ContractType("message-content", MessageContentRecord.class, "What an accepted outbound message says."),
            new ContractType("worker-heartbeat", WorkerHeartbeat.class, "A worker's sign of life."),
            new ContractType("content", Content.class, "What is said in a chat, or done to what was said there."),
            new ContractType("client-frame", ClientFrame.class, "What a client says to the simulated WhatsApp."),
            new ContractType("server-frame", ServerFrame.class, "What the simulated WhatsApp says to a client."));

    static ContractType named(String name) {
        return ALL.stream().filter(t -> t.name.equals(name)).findFirst().orElseThrow();
    }

    /** The records it can be, by the word in their field {@code type}. */
    Map<String, Class<?>> forms() {
        Map<String, Class<?>> forms = new TreeMap<>();
        JsonSubTypes subTypes = type.getAnnotation(JsonSubTypes.class);
        if (subTypes == null) {
            forms.put(type.getAnnotation(JsonTypeName.class).value(), type);
        } else {
            for (JsonSubTypes.Type subType : subTypes.value()) {
                forms.put(subType.name(), subType.value());
            }
        }
        return forms;
    }

    @Override
    public String toString() {
        return name;
    }
}
