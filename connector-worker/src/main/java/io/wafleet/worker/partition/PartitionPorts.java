package io.wafleet.worker.partition;

import io.wafleet.contract.WorkerId;
import io.wafleet.kafka.AccountPartitions;
import io.wafleet.worker.backup.Backups;
import io.wafleet.worker.connector.Connector;
import io.wafleet.worker.log.FencedLog;
import io.wafleet.worker.log.OwnerLease;
import io.wafleet.worker.log.Timers;
import io.wafleet.worker.media.MediaSource;
import io.wafleet.worker.sealing.CredentialCipher;
import io.wafleet.worker.session.SessionMachine;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What every partition loop of a worker works with.
 *
 * @param executor runs the mailboxes
 * @param nanos monotonic
 * @param keptMediaBytes the most bytes of a medium that arrives for them to be kept; 0: they stay at WhatsApp
 * @param chance 0 (inclusive) to 1 (exclusive), for jitter
 */
public record PartitionPorts(WorkerId worker, String topicPrefix, AccountPartitions partitions, FencedLog log,
        OwnerLease lease, Connector connector, MediaSource media, CredentialCipher cipher, SessionMachine machine,
        ConnectLimiter limiter,
        Executor executor, Timers timers, InstantSource clock, LongSupplier nanos,
        DoubleSupplier chance,
        WorkerMetrics metrics, long keptMediaBytes, Backups backups) {}
