package io.wafleet.conversations.projector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.Event;
import io.wafleet.contract.InboundContent;
import io.wafleet.contract.JsonCodec;
import io.wafleet.contract.MessageStatus;
import io.wafleet.contract.Topic;
import io.wafleet.contract.TransactionalId;
import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.contract.WorkerId;
import io.wafleet.conversations.Change;
import io.wafleet.kafka.AccountPartitions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.wafleet.conversations.projector.Told.GROUP;
import static io.wafleet.conversations.projector.Told.LID;
import static io.wafleet.conversations.projector.Told.PHONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class ProjectionTest {
    private static final AccountPartitions PARTITIONS = new AccountPartitions(16);
    private final AccountId account = new AccountId("account_test_projection");
    private final int own = PARTITIONS.of(account);
    private final Told told = new Told(account);
    private final Projection projection = new Projection(PARTITIONS);

    private List<Change> read(Topic topic, @Nullable String key, Object value) {
        return projection.read(topic, own, key == null ? null : bytes(key), JsonCodec.encode(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aMessageThatArrivedIsOneChange() {
        Event.InboundMessage event = told.text(PHONE, "M1", 5, "hello");
        assertThat(read(Topic.EVENTS, account.value(), event)).containsExactly(
                new Change.Inbound(account, PHONE, event.message(), PHONE, false, "Ana", null, event.content(), null,
                        null, Told.at(5), Told.at(5)));
    }

    @Test
    void whatCannotBeSaidIsKeptAllTheSame() {
        Event.InboundMessage event = new Event.InboundMessage(account, new Epoch(1), Told.at(1),
                told.text(PHONE, "M1", 1, "x").message(), PHONE, PHONE, false, null,
                new InboundContent.Unsupported("poll"),
                null, Told.at(1));
        assertThat(read(Topic.EVENTS, account.value(), event)).singleElement()
                .isInstanceOfSatisfying(Change.Inbound.class,
                        c -> assertThat(c.content()).isEqualTo(new InboundContent.Unsupported("poll")));
    }

    @Test
    void whoseLidItIsComesBeforeTheMessageWhicheverNamesTheChat() {
        Change.LidKnown known = new Change.LidKnown(account, LID, PHONE, Told.at(5));
        assertThat(read(Topic.EVENTS, null, told.inbound(LID, LID, "M1", 5, "hello", PHONE, PHONE)))
                .hasSize(2).startsWith(known);
        assertThat(read(Topic.EVENTS, null, told.inbound(PHONE, PHONE, "M1", 5, "hello", LID, null)))
                .hasSize(2).startsWith(known);
    }

    @Test
    void whoseLidAMemberOfAGroupHasIsToldToo() {
        assertThat(read(Topic.EVENTS, null, told.inbound(GROUP, LID, "M1", 5, "hello", null, PHONE)))
                .hasSize(2).startsWith(new Change.LidKnown(account, LID, PHONE, Told.at(5)));
    }

    @Test
    void anotherNameThatIsNoneCostsNotTheMessage() {
        assertThat(read(Topic.EVENTS, null, told.inbound(PHONE, PHONE, "M1", 5, "hello", PHONE, GROUP)))
                .singleElement().isInstanceOf(Change.Inbound.class);
    }

    @Test
    void changelogsTellAccountsStatusesAndContents() {
        assertThat(read(Topic.ACCOUNT_STATUS, account.value(), told.status(1, AccountStatus.CONNECTED)))
                .containsExactly(new Change.AccountChanged(told.status(1, AccountStatus.CONNECTED)));
        var status = told.status("M1", 2, MessageStatus.SENT);
        assertThat(read(Topic.MESSAGE_STATUS, status.key(), status))
                .containsExactly(new Change.OutboundStatus(status));
        var content = told.content("M1", "hello");
        assertThat(read(Topic.MESSAGE_STATUS, content.key(), content)).containsExactly(
                new Change.OutboundContent(account, PHONE, content.message(), content.content(), Told.at(1)));
    }

    @Test
    void whatNobodyReadsOfChangesNothing() {
        assertThat(projection.read(Topic.EVENTS, 4, bytes("partition"),
                JsonCodec.encode(new Event.PartitionClaimed(4, new Epoch(1), new WorkerId("worker-1"),
                        new TransactionalId("wafleet.worker.1"), Told.at(1)))))
                .isEmpty();
        assertThat(projection.read(Topic.ACCOUNT_STATUS, own, bytes(account.value()), null)).isEmpty();
        assertThat(projection.read(Topic.MESSAGE_STATUS, own, bytes(account.value() + "/M1"), null)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Topic.class, names = {"EVENTS", "ACCOUNT_STATUS", "MESSAGE_STATUS"})
    void whatIsNoJsonIsNamed(Topic topic) {
        assertThatThrownBy(() -> projection.read(topic, own, bytes(account.value()), bytes("{\"type\":")))
                .isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> projection.read(topic, own, bytes("a/b/content"), bytes("{}")))
                .isInstanceOf(UnreadableRecordException.class);
        assertThatThrownBy(() -> projection.read(topic, own, null, new byte[]{0, -1}))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void anEventWithoutValueIsNamed() {
        assertThatThrownBy(() -> projection.read(Topic.EVENTS, own, bytes(account.value()), null))
                .isInstanceOf(UnreadableRecordException.class);
    }

    @Test
    void whatStandsInTheWrongPartitionIsNamed() {
        int wrong = (own + 1) % PARTITIONS.count();
        assertThatThrownBy(
                () -> projection.read(Topic.EVENTS, wrong, null, JsonCodec.encode(told.text(PHONE, "M1", 1, "hello"))))
                .isInstanceOf(UnreadableRecordException.class).hasMessageContaining("wrong partition");
        assertThatThrownBy(() -> projection.read(Topic.ACCOUNT_STATUS, wrong, null,
                JsonCodec.encode(told.status(1, AccountStatus.CONNECTED))))
                .hasMessageContaining("wrong partition");
        assertThatThrownBy(() -> projection.read(Topic.MESSAGE_STATUS, wrong, null,
                JsonCodec.encode(told.status("M1", 2, MessageStatus.SENT))))
                .hasMessageContaining("wrong partition");
    }
}
