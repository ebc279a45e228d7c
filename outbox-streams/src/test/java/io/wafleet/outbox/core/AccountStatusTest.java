package io.wafleet.outbox.core;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.WorkerId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.wafleet.outbox.core.OutboxScene.ANA;
import static org.assertj.core.api.Assertions.assertThat;

/** The account-status changelog. */
class AccountStatusTest {
    private static final Epoch ONE = new Epoch(1);

    @Test
    void repeatsWhatTheOwnerSays() {
        OutboxScene scene = OutboxScene.connected();
        assertThat(scene.account().status()).isEqualTo(AccountStatus.CONNECTED);
        assertThat(scene.account().worker()).isEqualTo(OutboxScene.WORKER);
        assertThat(scene.account().epoch()).isEqualTo(ONE);
        assertThat(scene.account().since()).isEqualTo(scene.now());
    }

    @Test
    void showsAQrOnlyWhileItCanBeScanned() {
        OutboxScene scene = new OutboxScene().claim(1).status(AccountStatus.CONNECTING);
        scene.tell(qr(scene, ONE)).status(AccountStatus.QR_READY);
        assertThat(scene.account().status()).isEqualTo(AccountStatus.QR_READY);
        assertThat(scene.account().qr()).isNotNull();
        assertThat(scene.status(AccountStatus.CONNECTING).account().qr()).isNull();
    }

    @Test
    void aNewQrReplacesTheLastAndKeepsSince() {
        OutboxScene scene = new OutboxScene().claim(1).status(AccountStatus.QR_READY);
        scene.tell(qr(scene, ONE)).pass(Duration.ofSeconds(20));
        scene.tell(qr(scene, ONE));
        assertThat(scene.account().since()).isEqualTo(OutboxScene.START);
        assertThat(scene.account().qr()).extracting("issuedAt").isEqualTo(scene.now());
    }

    @Test
    void aQrOfAFormerOwnerIsNotShown() {
        OutboxScene scene = new OutboxScene().claim(1).status(AccountStatus.QR_READY);
        scene.tell(qr(scene, ONE)).claim(2).status(AccountStatus.QR_READY);
        assertThat(scene.account().qr()).isNull();
        assertThat(scene.tell(qr(scene, ONE)).account().qr()).isNull();
    }

    @Test
    void showsAPairingCodeOnlyWhileItCanBeTyped() {
        OutboxScene scene = new OutboxScene().claim(1).status(AccountStatus.CONNECTING);
        scene.tell(new Event.PairingCodeIssued(ANA, ONE, scene.now(), "ABCD-1234", scene.now().plusSeconds(60)));
        assertThat(scene.account().status()).isEqualTo(AccountStatus.PAIRING_CODE_READY);
        assertThat(scene.account().pairingCode()).isNotNull();
        assertThat(scene.status(AccountStatus.CONNECTED).account().pairingCode()).isNull();
    }

    @Test
    void anAccountWhoseJournalCannotBeReadStaysListedAndSaysSo() {
        OutboxScene scene = OutboxScene.connected().claim(2);
        scene.tell(new Event.AccountUnreadable(ANA, new Epoch(2), new WorkerId("worker-b"), scene.now()));
        assertThat(scene.account().status()).isEqualTo(AccountStatus.NEEDS_QR);
        assertThat(scene.account().reason()).isEqualTo("journal_unreadable");
        assertThat(scene.account().requiresQr()).isTrue();
    }

    @Test
    void aQrOfAnAccountThatNobodyDescribedIsIgnored() {
        OutboxScene scene = new OutboxScene().claim(1);
        assertThat(scene.tell(qr(scene, ONE)).accounts).isEmpty();
    }

    @Test
    void aSilentOwnersAccountsAreNotCalledConnected() {
        OutboxScene scene = OutboxScene.connected().give(new Input.OwnerSilent(ONE));
        assertThat(scene.account().status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo("owner_lost");
        int said = scene.outputs.size();
        assertThat(scene.give(new Input.OwnerSilent(ONE)).outputs).hasSize(said);
    }

    @Test
    void anOwnerHeardAgainMakesItsWordCountAgain() {
        OutboxScene scene = OutboxScene.connected().give(new Input.OwnerSilent(ONE)).give(new Input.OwnerHeard(ONE));
        assertThat(scene.account().status()).isEqualTo(AccountStatus.CONNECTED);
    }

    @ParameterizedTest
    @EnumSource(names = {"DISCONNECTED", "NEEDS_QR", "CONFLICT", "DELETED"})
    void silenceDoesNotTouchAccountsThatNeedNoOwner(AccountStatus status) {
        OutboxScene scene = new OutboxScene().claim(1).status(status);
        int said = scene.outputs.size();
        scene.give(new Input.OwnerSilent(ONE));
        assertThat(scene.account().status()).isEqualTo(status);
        assertThat(scene.outputs).hasSize(said);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTED", "CONNECTING", "QR_READY", "PAIRING_CODE_READY", "RECONNECTING"})
    void silenceTakesTheWordOfEachAccountThatNeedsAnOwner(AccountStatus status) {
        OutboxScene scene = new OutboxScene().claim(1).status(status).give(new Input.OwnerSilent(ONE));
        assertThat(scene.account().status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo("owner_lost");
        assertThat(scene.account().nextAttemptAt()).as("nobody plans one").isNull();
    }

    @Test
    void silenceOfAFormerClaimSaysNothing() {
        OutboxScene scene = OutboxScene.connected().claim(2).status(AccountStatus.CONNECTED)
                .give(new Input.OwnerSilent(ONE));
        assertThat(scene.account().status()).isEqualTo(AccountStatus.CONNECTED);
    }

    @Test
    void aNewOwnersWordReplacesOwnerLost() {
        OutboxScene scene = OutboxScene.connected().give(new Input.OwnerSilent(ONE)).claim(2)
                .status(AccountStatus.CONNECTED);
        assertThat(scene.account().status()).isEqualTo(AccountStatus.CONNECTED);
        assertThat(scene.account().reason()).isNull();
    }

    @Test
    void aReleasedPartitionsAccountsAreNotCalledConnected() {
        OutboxScene scene = OutboxScene.connected().release();
        assertThat(scene.account().status()).isEqualTo(AccountStatus.RECONNECTING);
        assertThat(scene.account().reason()).isEqualTo("handover");
    }

    @Test
    void aDeletedAccountKeepsItsRecord() {
        OutboxScene scene = OutboxScene.connected().status(AccountStatus.DELETED).release();
        assertThat(scene.account().status()).isEqualTo(AccountStatus.DELETED);
    }

    private static Event.QrIssued qr(OutboxScene scene, Epoch epoch) {
        return new Event.QrIssued(ANA, epoch, scene.now(), "qr", scene.now().plusSeconds(20),
                scene.now().plusSeconds(600));
    }
}
