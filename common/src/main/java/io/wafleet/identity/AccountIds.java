package io.wafleet.identity;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The id of an account: {@code account_<namespace>_<first 32 hex of SHA-256 of the canonical phone>}. One phone, in whatever
 * notation, is one id, in every environment of a namespace.
 */
public final class AccountIds {
    private static final List<String> LEGACY_NAMESPACES = List.of("dev", "development", "production");
    private static final int HASH_HEX = 32;

    private final String namespace;

    /**
     * @param namespace lower-case letters and digits
     */
    public AccountIds(String namespace) {
        if (!namespace.matches("[a-z0-9]{1,32}")) {
            throw new IllegalArgumentException("account namespace must be 1 to 32 of a-z 0-9");
        }
        this.namespace = namespace;
    }

    public AccountId of(PhoneNumber phone) {
        return id(namespace, hash(phone));
    }

    /** The ids an account with this phone may have, the stable one first, then those of older releases. */
    public List<AccountId> candidates(PhoneNumber phone) {
        String hash = hash(phone);
        return Stream.concat(Stream.of(namespace), LEGACY_NAMESPACES.stream()).distinct().map(n -> id(n, hash))
                .toList();
    }

    private static AccountId id(String namespace, String hash) {
        return new AccountId("account_" + namespace + "_" + hash);
    }

    private static String hash(PhoneNumber phone) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(phone.e164().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_HEX);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
