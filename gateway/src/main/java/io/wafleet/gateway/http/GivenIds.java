package io.wafleet.gateway.http;

import io.vertx.ext.web.RoutingContext;
import io.wafleet.contract.AccountId;
import io.wafleet.contract.MessageId;
import java.util.function.Function;

/** Reads the ids that a request names. One that cannot be an id is the request's mistake, told by field and rule. */
final class GivenIds {
    private GivenIds() {}

    static AccountId account(String field, String written) {
        return read(field, written, AccountId::new, "_ . -");
    }

    static MessageId message(String field, String written) {
        return read(field, written, MessageId::new, "_ . : = -");
    }

    /** The account in the path. */
    static AccountId account(RoutingContext context) {
        return account("id", Endpoint.id(context));
    }

    /** The message in the path. */
    static MessageId message(RoutingContext context) {
        return message("id", Endpoint.id(context));
    }

    private static <T> T read(String field, String written, Function<String, T> id, String signs) {
        try {
            return id.apply(written);
        } catch (IllegalArgumentException _) {
            throw Problem
                    .invalid(field + ": must be 1 to 128 of A-Z a-z 0-9 " + signs + ", the first a letter or digit");
        }
    }
}
