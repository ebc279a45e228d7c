package io.wafleet.worker.connector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import io.wafleet.contract.Event.ReceiptKind;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.worker.connector.ConnectionListener.Closed;
import io.wafleet.worker.connector.ConnectionListener.MessageArrived;
import io.wafleet.worker.connector.ConnectionListener.Opened;
import io.wafleet.worker.connector.ConnectionListener.Paired;
import io.wafleet.worker.connector.ConnectionListener.PairingCodeShown;
import io.wafleet.worker.connector.ConnectionListener.QrShown;
import io.wafleet.worker.connector.ConnectionListener.ReceiptArrived;
import io.wafleet.worker.connector.ConnectionListener.SendAcked;
import io.wafleet.worker.connector.ConnectionListener.SendRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What every connector does, told to the fake and to the real ones alike. */
public abstract class ConnectorContract {
    private static final AtomicLong NUMBERS = new AtomicLong(40_700_000_000L);

    private final AccountId account = new AccountId("account_test_" + NUMBERS.incrementAndGet());
    private final PhoneNumber phone = newPhone();
    private final PhoneNumber friend = newPhone();
    private final Heard heard = new Heard();

    /** People with phones, on the other side. */
    public interface People {
        void scan(AccountId account, PhoneNumber phone);

        void type(PhoneNumber phone, String code);

        void write(PhoneNumber from, PhoneNumber to, String text);

        /** Takes the account off the phone's linked devices. */
        void removeDevice(PhoneNumber phone);

        /** The number is on WhatsApp no more. */
        void unregister(PhoneNumber phone);

        /** WhatsApp closes the live connection of this phone's account. */
        void close(PhoneNumber phone, int code);

        /** The network of this phone's account breaks. */
        void drop(PhoneNumber phone);

        /** What WhatsApp's server got from this phone's account, in order. */
        List<MessageId> receivedFrom(PhoneNumber phone);
    }

    protected abstract Connector connector();

    protected abstract People people();

    private static PhoneNumber newPhone() {
        return new PhoneNumber("+" + NUMBERS.incrementAndGet());
    }

    private Connection open(Credentials credentials, ConnectionListener listener) {
        return connector().open(new ConnectRequest(account, phone, credentials), listener);
    }

    private Credentials paired() {
        Heard pairing = new Heard();
        open(Credentials.NONE, pairing);
        pairing.first(QrShown.class);
        people().scan(account, phone);
        pairing.first(Closed.class);
        return pairing.first(Paired.class).credentials();
    }

    private Connection loggedIn(Credentials credentials) {
        Connection connection = open(credentials, heard);
        heard.first(Opened.class);
        return connection;
    }

    private Outbound message(String id) {
        return new Outbound(new MessageId(id), Chat.of(friend), new Content.Text("text of " + id));
    }

    @Test
    void withoutCredentialsItShowsAQr() {
        Connection connection = open(Credentials.NONE, heard);

        QrShown qr = heard.first(QrShown.class);

        assertThat(qr.text()).isNotEmpty();
        assertThat(qr.validFor()).isPositive();
        connection.close(false);
    }

    @Test
    void scanBringsCredentialsAndThenTheRestart() {
        open(Credentials.NONE, heard);
        heard.first(QrShown.class);

        people().scan(account, phone);

        assertThat(heard.first(Closed.class).code()).isEqualTo(515);
        assertThat(heard.first(Paired.class).phone()).isEqualTo(phone);
        assertThat(heard.first(Paired.class).credentials().isEmpty()).isFalse();
        assertThat(heard.all().getLast()).isInstanceOf(Closed.class);
    }

    @Test
    void pairingCodeLinksAsAQrDoes() {
        Connection connection = open(Credentials.NONE, heard);
        heard.first(QrShown.class);
        connection.requestPairingCode();

        people().type(phone, heard.first(PairingCodeShown.class).code());

        assertThat(heard.first(Paired.class).phone()).isEqualTo(phone);
    }

    @Test
    void scanByAnotherPhoneNamesThatPhone() {
        open(Credentials.NONE, heard);
        heard.first(QrShown.class);

        people().scan(account, friend);

        assertThat(heard.first(Paired.class).phone()).isEqualTo(friend);
    }

    @Test
    void credentialsLogIn() {
        Connection connection = loggedIn(paired());

        assertThat(heard.all(QrShown.class)).isEmpty();
        connection.close(false);
    }

    @Test
    void credentialsOfAnOlderPairingAreLoggedOut() {
        Credentials old = paired();
        paired();

        open(old, heard);

        assertThat(heard.first(Closed.class).code()).isEqualTo(401);
    }

    @Test
    void preparingAdvancesTheCredentialsAndWritesNothing() {
        Credentials credentials = paired();
        Connection connection = loggedIn(credentials);

        Advance first = connection.prepareSend(message("P1"));
        Advance second = connection.prepareSend(message("P2"));

        assertThat(first.changes().isEmpty()).isFalse();
        assertThat(credentials.with(first.changes()).parts().keySet()).isEqualTo(credentials.parts().keySet());
        assertThat(second.changes()).isNotEqualTo(first.changes());
        connection.execute(second);
        heard.first(SendAcked.class);
        assertThat(people().receivedFrom(phone)).containsExactly(new MessageId("P2"));
        connection.close(false);
    }

    @Test
    void messagesLeaveInTheOrderOfExecuteAndAreAcked() {
        Connection connection = loggedIn(paired());
        List<MessageId> ids = IntStream.range(0, 200).mapToObj(i -> new MessageId("O" + i)).toList();

        List<Advance> prepared = new ArrayList<>();
        ids.forEach(id -> prepared.add(connection.prepareSend(message(id.value()))));
        prepared.forEach(connection::execute);

        heard.nth(SendAcked.class, ids.size());
        assertThat(people().receivedFrom(phone)).isEqualTo(ids);
        assertThat(heard.all(SendAcked.class).stream().map(SendAcked::id)).containsExactlyInAnyOrderElementsOf(ids);
        connection.close(false);
    }

    @Test
    void messageToSomebodyWhoIsNotOnWhatsAppIsRefusedForGood() {
        people().unregister(friend);
        Connection connection = loggedIn(paired());

        connection.execute(connection.prepareSend(message("R1")));

        assertThat(heard.first(SendRefused.class).id()).isEqualTo(new MessageId("R1"));
        assertThat(heard.first(SendRefused.class).permanent()).isTrue();
        connection.close(false);
    }

    @Test
    void deliveryIsTold() {
        Connection connection = loggedIn(paired());

        connection.execute(connection.prepareSend(message("D1")));

        ReceiptArrived receipt = heard.first(ReceiptArrived.class);
        assertThat(receipt.kind()).isEqualTo(ReceiptKind.DELIVERED);
        assertThat(receipt.chat()).isEqualTo(Chat.of(friend));
        connection.close(false);
    }

    @Test
    void messageComesAgainAfterEachLoginUntilItsReceiptIsExecuted() {
        Credentials credentials = paired();
        Connection first = loggedIn(credentials);
        people().write(friend, phone, "hello");
        Inbound message = heard.first(MessageArrived.class).message();
        assertThat(message.chat()).isEqualTo(Chat.of(friend));
        assertThat(message.content()).isEqualTo(new Content.Text("hello"));
        assertThat(message.fromMe()).isFalse();
        Credentials.Changes changes = first.prepareReceipt(message).changes();
        first.close(false);

        Heard again = new Heard();
        Connection second = open(credentials.with(changes), again);
        Inbound repeated = again.first(MessageArrived.class).message();
        assertThat(repeated.id()).isEqualTo(message.id());
        Advance receipt = second.prepareReceipt(repeated);
        second.execute(receipt);
        second.execute(second.prepareSend(message("after-the-receipt")));
        again.first(SendAcked.class);
        second.close(false);

        Heard third = new Heard();
        Connection last = open(credentials.with(changes).with(receipt.changes()), third);
        third.first(Opened.class);
        people().write(friend, phone, "something else");
        assertThat(third.first(MessageArrived.class).message().id()).isNotEqualTo(message.id());
        last.close(false);
    }

    @Test
    void ofTwoConnectionsTheOlderIsReplaced() {
        Credentials credentials = paired();
        loggedIn(credentials);

        Heard newer = new Heard();
        Connection second = open(credentials, newer);
        newer.first(Opened.class);

        assertThat(heard.first(Closed.class).code()).isEqualTo(440);
        assertThat(newer.all(Closed.class)).isEmpty();
        second.close(false);
    }

    @Test
    void accountTakenOffThePhoneIsLoggedOut() {
        Credentials credentials = paired();
        loggedIn(credentials);

        people().removeDevice(phone);

        assertThat(heard.first(Closed.class).code()).isEqualTo(401);
        assertThat(heard.all().getLast()).isInstanceOf(Closed.class);
    }

    @Test
    void codeOfACloseIsToldWhateverItIs() {
        for (int code : new int[]{408, 428, 503, 777}) {
            Credentials credentials = paired();
            Heard closing = new Heard();
            open(credentials, closing);
            closing.first(Opened.class);

            people().close(phone, code);

            assertThat(closing.first(Closed.class).code()).isEqualTo(code);
        }
    }

    @Test
    void brokenNetworkHasNoCode() {
        loggedIn(paired());

        people().drop(phone);

        assertThat(heard.first(Closed.class).code()).isNull();
    }

    @Test
    void closedConnectionTellsNothingMoreAndDoesNothing() {
        Credentials credentials = paired();
        Connection connection = loggedIn(credentials);
        Advance prepared = connection.prepareSend(message("C1"));
        connection.close(false);
        connection.close(false);
        int told = heard.all().size();

        connection.execute(prepared);
        connection.requestPairingCode();
        people().write(friend, phone, "hello");
        Heard next = new Heard();
        Connection second = open(credentials, next);
        next.first(MessageArrived.class);

        assertThat(heard.all()).hasSize(told);
        assertThat(people().receivedFrom(phone)).isEmpty();
        second.close(false);
    }

    @Test
    void closedConnectionIsNotReplacedWhenTheNextOneOpens() {
        Credentials credentials = paired();
        loggedIn(credentials).close(false);

        Heard next = new Heard();
        Connection second = open(credentials, next);
        next.first(Opened.class);

        assertThat(heard.all(Closed.class)).isEmpty();
        second.close(false);
    }

    @Test
    void loggingOutGivesThePairingUp() {
        Credentials credentials = paired();
        loggedIn(credentials).close(true);

        await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            Heard next = new Heard();
            Connection second = open(credentials, next);
            await().atMost(Duration.ofSeconds(20)).until(() -> next.all().size() == 1);
            second.close(false);
            assertThat(next.first(Closed.class).code()).isEqualTo(401);
        });
        assertThat(heard.all(Closed.class)).isEmpty();
    }

    @Test
    void pairingJustScannedCanBeGivenUpToo() {
        Connection connection = open(Credentials.NONE, heard);
        heard.first(QrShown.class);
        people().scan(account, friend);
        Credentials credentials = heard.first(Paired.class).credentials();
        connection.close(true);

        await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            Heard next = new Heard();
            Connection second = open(credentials, next);
            await().atMost(Duration.ofSeconds(20)).until(() -> next.all().size() >= 1);
            second.close(false);
            assertThat(next.first(Closed.class).code()).isEqualTo(401);
        });
    }

    @Test
    void whatAnotherConnectionPreparedIsNotExecuted() {
        Credentials credentials = paired();
        Connection one = loggedIn(credentials);
        Advance prepared = one.prepareSend(message("X1"));
        Connection other = open(credentials, new Heard());

        assertThatThrownBy(() -> other.execute(prepared)).isInstanceOf(IllegalArgumentException.class);
        other.close(false);
    }
}
