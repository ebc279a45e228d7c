package io.wafleet.simulator.whatsapp;

import java.time.Duration;

/**
 * How the simulated WhatsApp behaves unless a fault says otherwise.
 *
 * @param firstQrValidity how long the first QR of a pairing can be scanned
 * @param qrValidity how long each further one can
 * @param qrRefs how many QRs a pairing gets before it ends with 408
 * @param ackDelay from the receipt of a message to its ack
 * @param deliveredDelay from then to the receipt {@code delivered}
 * @param readDelay from then to the receipt {@code read}, when the recipient reads by itself
 * @param autoRead whether every recipient reads by itself
 * @param credentialBytes key material of a new pairing
 * @param firstFrameWithin how long a new connection may say nothing
 * @param maxRemembered message ids and chat lines kept in memory
 */
public record Behaviour(Duration firstQrValidity, Duration qrValidity, int qrRefs, Duration ackDelay,
        Duration deliveredDelay, Duration readDelay, boolean autoRead, int credentialBytes, Duration firstFrameWithin,
        int maxRemembered) {

    /** QRs as WhatsApp shows them, acks at once, delivered after 50 ms, nobody reads by himself. */
    public static Behaviour standard() {
        return new Behaviour(Duration.ofSeconds(60), Duration.ofSeconds(20), 6, Duration.ZERO, Duration.ofMillis(50),
                Duration.ofSeconds(1), false, 4_096, Duration.ofSeconds(30), 200_000);
    }
}
