package io.wafleet.worker.connector;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;

/**
 * What a connection attempt needs.
 *
 * @param credentials empty: the connection asks to be paired, and reports QRs
 */
public record ConnectRequest(AccountId account, PhoneNumber phone, Credentials credentials) {}
