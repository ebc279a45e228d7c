package io.wafleet.worker.connector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The fake keeps the contract, and lets tests play the other side by hand. */
class FakeConnectorTest extends ConnectorContract {
    private final FakeConnector connector = FakeConnector.behaving();

    @Override
    protected Connector connector() {
        return connector;
    }

    @Override
    protected People people() {
        return new People() {
            @Override
            public void scan(AccountId account, PhoneNumber phone) {
                connector.scan(account, phone);
            }

            @Override
            public void type(PhoneNumber phone, String code) {
                connector.type(phone, code);
            }

            @Override
            public void write(PhoneNumber from, PhoneNumber to, String text) {
                connector.write(from, to, text);
            }

            @Override
            public void removeDevice(PhoneNumber phone) {
                connector.removeDevice(phone);
            }

            @Override
            public void unregister(PhoneNumber phone) {
                connector.unregister(phone);
            }

            @Override
            public void close(PhoneNumber phone, int code) {
                connector.close(phone, code);
            }

            @Override
            public void drop(PhoneNumber phone) {
                connector.drop(phone);
            }

            @Override
            public List<MessageId> receivedFrom(PhoneNumber phone) {
                return connector.receivedFrom(phone);
            }
        };
    }

    @Test
    void scriptedOneSaysOnlyWhatTheTestTells() {
        FakeConnector scripted = FakeConnector.scripted();
        AccountId account = new AccountId("account_test_1");
        Heard heard = new Heard();
        scripted.open(new ConnectRequest(account, new PhoneNumber("+40712345678"), Credentials.NONE), heard);
        assertThat(heard.all()).isEmpty();

        FakeConnection connection = scripted.latest(account).orElseThrow();
        connection.tell(new ConnectionListener.Opened());
        connection.tell(new ConnectionListener.Closed(503, "unavailable"));
        connection.tell(new ConnectionListener.Opened());

        assertThat(heard.all()).hasSize(2);
        assertThat(connection.isLive()).isFalse();
    }
}
