package io.wafleet.settings;

/** What gateway and outbox must both know of the queues: the outbox decides by it, the gateway refuses by it before it writes. */
public final class QueueSettings {
    public static final Setting<Integer> MAX_QUEUED = Setting.integer("outbox.max.queued", 10_000, 1, 10_000_000,
            "Messages of one account that may wait; further ones are refused. The same for outbox and gateways.");

    private QueueSettings() {}
}
