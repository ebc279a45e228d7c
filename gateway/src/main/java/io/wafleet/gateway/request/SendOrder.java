package io.wafleet.gateway.request;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.contract.Content;
import java.util.Optional;

/**
 * A message that somebody wants sent.
 *
 * @param idempotencyKey the caller's, when it gave one
 * @param respondAsync whether the caller does not wait for {@code sent}
 */
public record SendOrder(AccountId account, Chat chat, Content content, SendTimes times,
        Optional<String> idempotencyKey, boolean respondAsync) {}
