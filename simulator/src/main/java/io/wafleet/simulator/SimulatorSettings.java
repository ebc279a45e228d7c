package io.wafleet.simulator;

import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.simulator.whatsapp.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the simulator runs.
 *
 * @param port 0 takes a free one
 * @param dataDir where pairings survive a restart; empty: they do not
 * @param behaviour of the simulated WhatsApp
 * @param seed of all chance; 0 draws one
 * @param ledgerEntries how many entries each list of the ledger keeps
 */
public record SimulatorSettings(String host, int port, Optional<Path> dataDir, Behaviour behaviour, int seed,
        int ledgerEntries) {
    private static final Duration MAX_VALIDITY = Duration.ofHours(1);
    private static final Duration MAX_DELAY = Duration.ofMinutes(10);
    /** Sealed and in Base64 they are a third larger, and must fit into one record of a worker's journal. */
    private static final int MAX_CREDENTIAL_BYTES = 512 << 10;

    public static final Setting<String> HOST = Setting.text("simulator.host", "127.0.0.1",
            "Address that the simulator listens on.");
    public static final Setting<Integer> PORT = Setting.port("simulator.port", 8090,
            "Port of the simulator: WebSocket, control API and simulated phone; 0 takes a free one.");
    public static final Setting<Path> DATA_DIR = Setting.path("simulator.data.dir", "",
            "Directory where pairings and undelivered messages survive a restart of the simulator; without it they do not.");
    public static final Setting<Duration> FIRST_QR_VALIDITY = Setting.duration("simulator.qr.first.validity", "60s",
            Duration.ofMillis(50), MAX_VALIDITY, "How long the first QR of a pairing can be scanned.");
    public static final Setting<Duration> QR_VALIDITY = Setting.duration("simulator.qr.validity", "20s",
            Duration.ofMillis(50), MAX_VALIDITY, "How long each further QR can be scanned.");
    public static final Setting<Integer> QR_REFS = Setting.integer("simulator.qr.refs", 6, 1, 1_000,
            "How many QRs a pairing gets before its connection is closed with 408.");
    public static final Setting<Duration> ACK_DELAY = Setting.duration("simulator.ack.delay", "0ms", Duration.ZERO,
            MAX_DELAY, "Time from the receipt of a message to its ack.");
    public static final Setting<Duration> DELIVERED_DELAY = Setting.duration("simulator.delivered.delay", "50ms",
            Duration.ZERO, MAX_DELAY, "Time from the receipt of a message to the receipt that it was delivered.");
    public static final Setting<Boolean> READ_AUTO = Setting.bool("simulator.read.auto", false,
            "Whether recipients read by themselves; otherwise a person opens the chat.");
    public static final Setting<Duration> READ_DELAY = Setting.duration("simulator.read.delay", "1s", Duration.ZERO,
            MAX_DELAY, "Time from delivery to the read receipt, for recipients that read by themselves.");
    public static final Setting<Integer> CREDENTIAL_BYTES = Setting.integer("simulator.credential.bytes", 4_096, 1,
            MAX_CREDENTIAL_BYTES, "Key material of a new pairing, in bytes; a real account holds some 130,000.");
    public static final Setting<Integer> SEED = Setting.integer("simulator.seed", 0, 0, Integer.MAX_VALUE,
            "Seed of all chance in the simulator; 0 draws one.");
    public static final Setting<Integer> LEDGER_ENTRIES = Setting.integer("simulator.ledger.entries", 200_000, 1_000,
            10_000_000, "How many entries each list of the ledger keeps in memory; the oldest go first.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(HOST, PORT, DATA_DIR, FIRST_QR_VALIDITY, QR_VALIDITY,
            QR_REFS, ACK_DELAY, DELIVERED_DELAY, READ_AUTO, READ_DELAY, CREDENTIAL_BYTES, SEED, LEDGER_ENTRIES);

    private static final Duration FIRST_FRAME_WITHIN = Duration.ofSeconds(30);

    public static SimulatorSettings from(Settings settings) {
        int entries = settings.get(LEDGER_ENTRIES);
        Behaviour behaviour = new Behaviour(settings.get(FIRST_QR_VALIDITY), settings.get(QR_VALIDITY),
                settings.get(QR_REFS), settings.get(ACK_DELAY), settings.get(DELIVERED_DELAY),
                settings.get(READ_DELAY), settings.get(READ_AUTO), settings.get(CREDENTIAL_BYTES), FIRST_FRAME_WITHIN,
                entries);
        Path dataDir = settings.get(DATA_DIR);
        return new SimulatorSettings(settings.get(HOST), settings.get(PORT),
                dataDir.toString().isEmpty() ? Optional.empty() : Optional.of(dataDir), behaviour, settings.get(SEED),
                entries);
    }
}
