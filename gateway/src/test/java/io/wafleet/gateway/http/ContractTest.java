package io.wafleet.gateway.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.Operation;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.DesiredState;
import io.wafleet.contract.Epoch;
import io.wafleet.contract.MessageId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.contract.WorkerId;
import io.wafleet.gateway.desk.AccountDesk;
import io.wafleet.gateway.desk.Clocks;
import io.wafleet.gateway.desk.Ids;
import io.wafleet.gateway.desk.MessageDesk;
import io.wafleet.gateway.desk.OutboxDesk;
import io.wafleet.gateway.desk.Publisher;
import io.wafleet.gateway.kafka.MessageStatuses;
import io.wafleet.gateway.view.AccountView;
import io.wafleet.gateway.view.Fleet;
import io.wafleet.gateway.view.OutboxView;
import io.wafleet.gateway.view.OwnershipView;
import io.wafleet.gateway.view.Partitions;
import io.wafleet.gateway.view.QueueLengths;
import io.wafleet.gateway.view.Undecided;
import io.wafleet.gateway.view.UnsentMessages;
import io.wafleet.gateway.view.Waiters;
import io.wafleet.health.Health;
import io.wafleet.identity.AccountIds;
import io.wafleet.identity.PhoneNumbers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class ContractTest {
    static final AccountId SHOP = new AccountId("shop");

    private static HttpFront.Parts parts(boolean caughtUp) {
        return parts(caughtUp, (_, _, _) -> CompletableFuture.completedStage(Publisher.Publication.CONFIRMED));
    }

    private static HttpFront.Parts parts(boolean caughtUp, Publisher publisher) {
        Fleet fleet = new Fleet(new AccountView(), new OwnershipView(0), new Partitions(1, _ -> 0),
                new UnsentMessages(10), new OutboxView(10), new QueueLengths(10), new Undecided(Duration.ofSeconds(2)));
        Clocks clocks = new Clocks(() -> Instant.EPOCH, () -> 0);
        fleet.accounts().apply(new AccountStatusRecord(SHOP, new PhoneNumber("+40712345678"), null,
                DesiredState.CONNECTED, AccountStatus.CONNECTED, null, null, false, new WorkerId("w"), new Epoch(1),
                Instant.EPOCH, Instant.EPOCH, null, Instant.EPOCH, null, null, null));
        Ids ids = new Ids(() -> new CommandId("c"), () -> new MessageId("x"));
        AccountDesk accounts = new AccountDesk(fleet, publisher, new Waiters<>(1), new Waiters<>(1), ids, clocks,
                Duration.ofSeconds(2));
        MessageStatuses statuses = new MessageStatuses(10, fleet.outbox()::find);
        MessageDesk messages = new MessageDesk(fleet, publisher, new Waiters<>(1), new Waiters<>(1),
                statuses, ids, clocks, new MessageDesk.Limits(Duration.ofSeconds(1), 10));
        OutboxDesk outbox = new OutboxDesk(publisher, new Waiters<>(1), ids, clocks, Duration.ofSeconds(1));
        return new HttpFront.Parts(fleet, accounts, messages, outbox, statuses, () -> caughtUp,
                () -> caughtUp,
                new PhoneNumbers("RO"), new AccountIds("prod"), clocks, new SimpleMeterRegistry(),
                new Health().readyWhen("views", () -> caughtUp), "test", Optional.empty(),
                new NoStore(), Duration.ofSeconds(20));
    }

    static HttpFront start(boolean caughtUp) {
        return start(parts(caughtUp));
    }

    /** Knows {@link #SHOP}. */
    static HttpFront start(Publisher publisher) {
        return start(parts(true, publisher));
    }

    private static HttpFront start(HttpFront.Parts parts) {
        HttpLimits limits = new HttpLimits(1024, 2048, 4096, 8192, Duration.ofSeconds(30), Duration.ofSeconds(30),
                Duration.ofSeconds(30));
        return HttpFront.start("127.0.0.1", 0, limits, parts);
    }

    private static int status(HttpFront front, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path)).build(),
                    BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void everyOperationHasAnEndpointAndEveryEndpointAnOperation() throws Exception {
        // Starting fails otherwise.
        HttpFront front = start(true);
        assertThat(status(front, "/livez")).isEqualTo(200);
        front.close(Duration.ofSeconds(1));
    }

    @Test
    void everyOperationDocumentsHowItCanFail() {
        try (ContractCheck contract = ContractCheck.open()) {
            for (Operation operation : contract.contract().operations()) {
                boolean hasBody = operation.getRequestBody() != null;
                boolean hasRules = hasBody || !operation.getParameters().isEmpty();
                boolean isApi = !operation.getTags().contains("operations");
                List<Integer> needed = new java.util.ArrayList<>();
                if (hasRules) {
                    needed.add(400);
                }
                if (operation.getAbsoluteOpenAPIPath().contains("{id}")) {
                    needed.add(404);
                }
                if (hasBody) {
                    needed.addAll(List.of(413, 415));
                }
                if (isApi) {
                    needed.add(503);
                }
                List<Integer> missing = needed.stream().filter(s -> operation.getResponse(s) == null).toList();
                assertThat(missing).as(operation.getOperationId()).isEmpty();
            }
        }
    }

    /** The validator would walk all of a list before it counts them. */
    @Test
    void aListOfMessagesIsOnlyCountedByTheValidator() {
        try (ContractCheck contract = ContractCheck.open()) {
            JsonObject model = Objects.requireNonNull(contract.contract().operation("sendMessages"))
                    .getOpenAPIModel().getJsonObject("requestBody");
            assertThat(model.encode()).contains("\"maxItems\":1000").doesNotContain("\"items\"");
        }
    }

    @Test
    void everyOperationIsNamedOnceAndSaysWhatItDoes() {
        try (ContractCheck contract = ContractCheck.open()) {
            List<Operation> operations = contract.contract().operations();
            assertThat(operations.stream().map(Operation::getOperationId).collect(Collectors.toSet()))
                    .hasSameSizeAs(operations);
            assertThat(operations).allSatisfy(
                    o -> assertThat(o.getOpenAPIModel().getString("summary")).as(o.getOperationId()).endsWith("."));
        }
    }

    @Test
    void answersNothingFromViewsThatAreNotCaughtUp() throws Exception {
        HttpFront front = start(false);
        assertThat(status(front, "/api/whatsapp/accounts")).isEqualTo(503);
        assertThat(status(front, "/readyz")).isEqualTo(503);
        assertThat(status(front, "/health")).isEqualTo(503);
        assertThat(status(front, "/livez")).isEqualTo(200);
        front.close(Duration.ofSeconds(1));
    }

    @Test
    void conversationsNeedNoViewsAndAStoreThatCannotSearchSaysSo() throws Exception {
        HttpFront front = start(false);
        assertThat(status(front, "/api/whatsapp/threads/shop")).isEqualTo(200);
        assertThat(status(front, "/api/whatsapp/search/shop?q=word")).isEqualTo(501);
        front.close(Duration.ofSeconds(1));
    }
}
