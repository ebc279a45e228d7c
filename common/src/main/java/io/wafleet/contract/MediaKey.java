package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Names the bytes of a medium in the fleet's media store. The same bytes have one name in an account, however often they arrive; the API
 * has them at {@code /api/whatsapp/media/<value>}, once they are there.
 *
 * @param value {@code <account id>/<SHA-256, 64 lower-case hex>}
 */
public record MediaKey(@JsonValue String value) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    @JsonCreator
    public MediaKey {
        int slash = value.indexOf('/');
        if (slash < 0 || !SHA256.matcher(value.substring(slash + 1)).matches()) {
            throw new IllegalArgumentException("media key must be an account id, a slash and 64 lower-case hex");
        }
        var _ = new AccountId(value.substring(0, slash));
    }

    /** Names these bytes of this account. */
    public static MediaKey of(AccountId account, String sha256) {
        return new MediaKey(account.value() + "/" + sha256);
    }

    public AccountId account() {
        return new AccountId(value.substring(0, value.indexOf('/')));
    }

    public String sha256() {
        return value.substring(value.indexOf('/') + 1);
    }

    @Override
    public String toString() {
        return value;
    }
}
