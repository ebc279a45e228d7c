package io.wafleet.worker;

import io.wafleet.contract.WorkerId;
import io.wafleet.settings.KafkaSettings;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import io.wafleet.settings.Timings;
import io.wafleet.worker.backup.BackupSettings;
import io.wafleet.worker.connector.simulated.SimulatedConnectorSettings;
import io.wafleet.worker.kafka.GroupProtocol;
import io.wafleet.worker.keeping.KeepingSettings;
import io.wafleet.worker.media.MediaLimits;
import io.wafleet.worker.sealing.CredentialCipher;
import io.wafleet.worker.session.SessionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a connector worker is told.
 *
 * @param worker its name; made up when not given
 * @param groupProtocol how partitions are handed out
 * @param handoverBound how long giving a partition up in order may take
 * @param connectsPerSecond how many connections it may open within any one second; 0: no limit
 * @param media how media are fetched that are said by their address
 * @param keeping whether and how the bytes of media that arrive are kept
 * @param backup whether and how credentials are backed up
 * @param simulator where the simulated WhatsApp is
 * @param credentialKeys Tink key set that seals credentials; a secret
 */
public record WorkerSettings(KafkaSettings kafka, Timings timings, SessionPolicy session, WorkerId worker,
        GroupProtocol.Choice groupProtocol, Duration handoverBound, int connectsPerSecond,
        MediaLimits media, KeepingSettings keeping, BackupSettings backup, SimulatedConnectorSettings simulator,
        String credentialKeys) {
    public static final Setting<String> WORKER_ID = Setting.text("worker.id", "",
            "The worker's name in the fleet view and logs, unique in the fleet; made up when not given.");
    public static final Setting<GroupProtocol.Choice> PROTOCOL = Setting.choice("group.protocol",
            GroupProtocol.Choice.class, GroupProtocol.Choice.AUTO,
            "How the broker hands partitions out: consumer (KIP-848), classic, or auto, which asks the broker.");
    public static final Setting<Duration> HANDOVER = Setting.duration("handover.bound", "2s", Duration.ofMillis(100),
            Duration.ofMinutes(1), "How long giving a partition up in order may take before it is given up at once.");
    public static final Setting<Integer> CONNECT_RATE = Setting.integer("connect.rate", 20, 0, 10_000,
            "Connections that one worker may open within any one second, all its partitions together, so that neither a"
                    + " takeover nor an outage of WhatsApp ends in a login storm; 0: no limit.");
    public static final Setting<String> KEYS = Setting
            .text("credential.keys", "", "Tink AES-GCM key set as JSON that seals credentials in the journal.")
            .asSecret();
    public static final Setting<Path> KEYS_FILE = Setting.path("credential.keys.file", "",
            "File with the key set; make one with: wafleet keys. Every worker needs the same.");

    /** The worker's own settings, in the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = settings();

    private static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(
                List.of(WORKER_ID, PROTOCOL, HANDOVER, CONNECT_RATE, KEYS, KEYS_FILE));
        all.addAll(MediaLimits.SETTINGS);
        all.addAll(KeepingSettings.SETTINGS);
        all.addAll(BackupSettings.SETTINGS);
        all.addAll(SimulatedConnectorSettings.SETTINGS);
        all.addAll(SessionPolicy.SETTINGS);
        return List.copyOf(all);
    }

    /** Every problem is left in the settings, to be reported together. */
    public static WorkerSettings from(Settings settings) {
        return new WorkerSettings(KafkaSettings.from(settings), Timings.from(settings), SessionPolicy.from(settings),
                workerId(settings), settings.get(PROTOCOL), settings.get(HANDOVER), settings.get(CONNECT_RATE),
                MediaLimits.from(settings), KeepingSettings.from(settings), BackupSettings.from(settings),
                SimulatedConnectorSettings.from(settings),
                keys(settings));
    }

    private static WorkerId workerId(Settings settings) {
        if (settings.isGiven(WORKER_ID)) {
            try {
                return new WorkerId(settings.get(WORKER_ID));
            } catch (IllegalArgumentException e) {
                settings.problem(WORKER_ID.option() + ": " + e.getMessage());
            }
        }
        byte[] bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return new WorkerId("worker-" + HexFormat.of().formatHex(bytes));
    }

    private static String keys(Settings settings) {
        String keys = settings.get(KEYS);
        if (settings.isGiven(KEYS_FILE)) {
            try {
                keys = Files.readString(settings.get(KEYS_FILE));
            } catch (IOException _) {
                settings.problem(KEYS_FILE.option() + ": cannot be read");
                return "";
            }
        }
        if (keys.isEmpty()) {
            settings.problem("credentials must be sealed: give " + KEYS_FILE.option() + " (" + KEYS_FILE.environment()
                    + "), the same file to every worker; make one with: wafleet keys");
            return "";
        }
        try {
            CredentialCipher.of(keys);
        } catch (IllegalArgumentException e) {
            settings.problem("the credential keys must be " + e.getMessage());
        }
        return keys;
    }

    @Override
    public String toString() {
        return "WorkerSettings[" + worker + ", " + kafka + ", " + timings + ", simulator=" + simulator + "]";
    }
}
