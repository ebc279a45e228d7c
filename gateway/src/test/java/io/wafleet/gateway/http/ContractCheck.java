package io.wafleet.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Response;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.net.http.HttpResponse;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Fails a test when an answer is not as the contract says. */
public final class ContractCheck implements AutoCloseable {
    /** What the contract says once, for all operations. */
    private static final Set<Integer> ANY_OPERATION = Set.of(403, 405, 408, 413, 500);

    private final Vertx vertx = Vertx.vertx();
    private final OpenAPIContract contract;
    private final ResponseValidator validator;

    private ContractCheck() {
        this.contract = Contract.load(vertx).toCompletionStage().toCompletableFuture()
                .join();
        this.validator = ResponseValidator.create(vertx, contract);
    }

    public static ContractCheck open() {
        return new ContractCheck();
    }

    OpenAPIContract contract() {
        return contract;
    }

    /** Checks status, media type and body. */
    public void check(String method, String path, HttpResponse<byte[]> response) {
        Operation operation = contract.findOperation(path.replaceFirst("\\?.*", ""), HttpMethod.valueOf(method));
        int status = response.statusCode();
        if (operation == null || (operation.getResponse(status) == null && ANY_OPERATION.contains(status))) {
            return;
        }
        String type = response.headers().firstValue("content-type").orElse("").replaceFirst(";.*", "");
        Response documented = operation.getResponse(status);
        assertThat(documented).as("%s %s documents %s", method, path, status).isNotNull();
        if (!type.equals("application/json")) {
            assertThat(Contract.document().toString()).contains(type + ":");
            return;
        }
        validator.validate(ValidatableResponse.create(status, Buffer.buffer(response.body()), type),
                operation.getOperationId()).toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
