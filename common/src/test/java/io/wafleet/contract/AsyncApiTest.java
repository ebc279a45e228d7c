package io.wafleet.contract;

import io.wafleet.docs.GeneratedFile;
import io.wafleet.settings.KafkaSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published AsyncAPI document lists the topics as the code makes them. */
final class AsyncApiTest {

    /**
     * What stands on a topic.
     *
     * @param types empty when it is anything that could not be read
     */
    private record Channel(String key, String writers, String holds, List<String> types) {
        Channel(String key, String writers, String holds, String type) {
            this(key, writers, holds, List.of(type));
        }
    }

    private static Channel channel(Topic topic) {
        return switch (topic) {
            case COMMANDS -> new Channel("account id", "gateway, outbox-streams",
                    "Orders to the owners of accounts. Its partitions are the lock: who is assigned one owns its accounts.",
                    "command");
            case OUTBOX -> new Channel("account id", "gateway", "Messages to send, and what is asked about them.",
                    "outbox-request");
            case EVENTS ->
                new Channel("account id, or partition", "the partition's owner", "Facts about partitions and accounts.",
                        "event");
            case REPLIES -> new Channel("account id", "the partition's owner, outbox-streams",
                    "How commands and requests ended.", "reply");
            case JOURNAL -> new Channel(
                    "partition; owner/<transactional id>; account/<id>; credential/<id>/<key>", "the partition's owner",
                    "What the next owner of a partition must know. A null value deletes.", "journal-record");
            case ACCOUNT_STATUS -> new Channel("account id", "outbox-streams", "The latest truth about each account.",
                    "account-status");
            case MESSAGE_STATUS -> new Channel(
                    "<account id>/<message id>; <account id>/<message id>/content for what the message says",
                    "outbox-streams", "The latest status of each outbound message, and once what it says.",
                    List.of("message-status", "message-content"));
            case WORKERS -> new Channel("worker id", "each worker",
                    "Signs of life, and the partitions held. A null value says that the worker ended in order.",
                    "worker-heartbeat");
            case DEAD_LETTERS -> new Channel("as it was read", "all",
                    "Records that could not be read or were given up, as they were; headers wafleet-topic, "
                            + "wafleet-partition, wafleet-offset and wafleet-reason say where from and why.",
                    List.of());
        };
    }

    @Test
    void publishedDocumentIsTheGeneratedOne() {
        GeneratedFile.check("docs/asyncapi.yaml", document());
    }

    private static String document() {
        List<String> lines = new ArrayList<>(List.of("# Generated from the topic catalogue by AsyncApiTest.",
                "asyncapi: 3.0.0", "info:", "  title: wafleet topics",
                "  version: " + Versioned.SCHEMA_VERSION + ".0.0",
                "  description: >-",
                "    The topics of a wafleet fleet. Values are JSON (UTF-8) with a field type and a",
                "    schema version v; unknown fields are to be ignored. An account's partition is murmur2(account id)",
                "    modulo the number of partitions, whatever the key. Read committed records only.",
                "defaultContentType: application/json", "channels:"));
        for (Topic topic : Topic.values()) {
            lines.addAll(lines(topic, channel(topic)));
        }
        lines.add("operations:");
        for (Topic topic : Topic.values()) {
            String name = name(topic);
            lines.addAll(List.of("  read-" + name + ":", "    action: receive", "    channel:",
                    "      $ref: '#/channels/" + name + "'"));
        }
        lines.addAll(messages());
        return String.join("\n", lines) + "\n";
    }

    private static List<String> lines(Topic topic, Channel channel) {
        String prefix = KafkaSettings.PREFIX.defaultText();
        int partitions = topic.partitions(Integer.parseInt(KafkaSettings.PARTITIONS.defaultText()));
        List<String> lines = new ArrayList<>(List.of("  " + name(topic) + ":", "    address: " + topic.name(prefix),
                "    description: >-", "      " + channel.holds() + " Key: " + channel.key() + ". Written by: "
                        + channel.writers() + ".",
                "    messages:"));
        for (String message : messages(channel)) {
            lines.addAll(List.of("      " + message + ":", "        $ref: '#/components/messages/" + message + "'"));
        }
        lines.addAll(List.of("    bindings:", "      kafka:", "        partitions: " + partitions,
                "        topicConfiguration:"));
        for (Map.Entry<String, String> entry : topic.config().entrySet()) {
            String value = entry.getKey().equals("cleanup.policy")
                    ? "[" + entry.getValue().replace(",", ", ") + "]"
                    : entry.getValue();
            lines.add("          " + entry.getKey() + ": " + value);
        }
        return lines;
    }

    private static List<String> messages() {
        List<String> lines = new ArrayList<>(List.of("components:", "  messages:"));
        for (String type : Arrays.stream(Topic.values()).flatMap(t -> messages(channel(t)).stream())
                .collect(Collectors.toCollection(TreeSet::new))) {
            lines.add("    " + type + ":");
            lines.add("      contentType: application/" + (type.equals("unreadable") ? "octet-stream" : "json"));
            if (!type.equals("unreadable")) {
                lines.add("      summary: " + ContractType.named(type).description());
                lines.addAll(
                        List.of("      payload:", "        schemaFormat: application/schema+json;version=draft-2020-12",
                                "        schema:", "          $ref: ./schemas/" + type + ".json"));
            }
        }
        return lines;
    }

    private static String name(Topic topic) {
        return topic.name("");
    }

    private static List<String> messages(Channel channel) {
        return channel.types().isEmpty() ? List.of("unreadable") : channel.types();
    }
}
