package io.wafleet.settings;

import io.wafleet.identity.AccountIds;
import io.wafleet.identity.PhoneNumbers;
import java.util.List;

/**
 * How phones become account ids.
 *
 * @param namespace part of every account id
 * @param defaultRegion country of phone numbers written without a country code
 */
public record IdentitySettings(String namespace, String defaultRegion) {
    public static final Setting<String> NAMESPACE = Setting
            .text("account.namespace", "prod",
                    "Part of every account id; the same phone has another id in another namespace.")
            .environment("ACCOUNT_NAMESPACE");
    public static final Setting<String> REGION = Setting.text("default.region", "RO",
            "Country (ISO 3166) of phone numbers written without a country code.");

    /** In the order of the settings table. */
    public static final List<Setting<?>> SETTINGS = List.of(NAMESPACE, REGION);

    public static IdentitySettings from(Settings settings) {
        IdentitySettings identity = new IdentitySettings(settings.get(NAMESPACE), settings.get(REGION));
        try {
            new AccountIds(identity.namespace);
        } catch (IllegalArgumentException e) {
            settings.problem(NAMESPACE.option() + ": " + e.getMessage());
        }
        try {
            new PhoneNumbers(identity.defaultRegion);
        } catch (IllegalArgumentException e) {
            settings.problem(REGION.option() + ": " + e.getMessage());
        }
        return identity;
    }
}
