package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.PhoneNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads accounts and their sessions. */
final class AccountsFound {
    private static final int MAX_NAME = 100;
    private static final String OBJECT = "[object Object]";

    private final Jids jids;
    private final Findings findings;
    private final List<MovedAccount> accounts = new ArrayList<>();
    private final List<MovedSession> sessions = new ArrayList<>();
    private final Map<PhoneNumber, AccountId> byPhone = new HashMap<>();
    private final Map<AccountId, String> names = new HashMap<>();
    private final Set<AccountId> seen = new HashSet<>();

    AccountsFound(Jids jids, Findings findings) {
        this.jids = jids;
        this.findings = findings;
    }

    /** An id as it is, old forms included; empty when it never was one. */
    static Optional<AccountId> id(@Nullable String written) {
        if (written == null || written.contains(OBJECT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AccountId(written));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    void account(OriginalDocument document) {
        AccountId id = id(document.id()).or(() -> id(document.text("accountId"))).orElse(null);
        if (id == null || !seen.add(id)) {
            findings.skipped(id == null ? "the account has no id" : "the account is there under its id as well",
                    document.path());
            return;
        }
        String name = document.text("name");
        if (name != null) {
            names.put(id, name);
        }
        if (document.has("deletedAt") || "deleted".equals(document.text("status"))) {
            findings.skipped("the account was deleted there: only its conversations move", document.path());
            return;
        }
        PhoneNumber phone = jids.phone(document.text("waJid")).or(() -> jids.phone(document.text("phoneE164")))
                .orElse(null);
        if (phone == null) {
            findings.skipped("the account has no phone that could be one: only its conversations move",
                    document.path());
            return;
        }
        AccountId other = byPhone.putIfAbsent(phone, id);
        if (other != null) {
            findings.corrected("the phone has several accounts: each is listed, connect one of them", document.path());
        }
        accounts.add(new MovedAccount(id, phone, cut(name, id)));
    }

    /** A restore from disk used the id as name. */
    private static @Nullable String cut(@Nullable String name, AccountId id) {
        if (name == null || name.equals(id.value())) {
            return null;
        }
        return name.strip().substring(0, name.strip().offsetByCodePoints(0,
                Math.min(MAX_NAME / 2, name.strip().codePointCount(0, name.strip().length()))));
    }

    void session(OriginalDocument document) {
        AccountId id = id(document.id()).orElse(null);
        Map<String, String> files = new HashMap<>();
        if (document.value("files") instanceof Map<?, ?> all) {
            all.forEach((name, text) -> {
                if (text instanceof String content) {
                    files.put(String.valueOf(name), content);
                }
            });
        }
        if (id == null || !files.containsKey("creds.json")) {
            findings.skipped(
                    id == null ? "the session has no account" : "the session has no creds.json: it links nothing",
                    document.path());
            return;
        }
        sessions.add(new MovedSession(id, files));
    }

    List<MovedAccount> accounts() {
        return accounts;
    }

    List<MovedSession> sessions() {
        return sessions;
    }

    /** What the account calls itself; null: nothing. */
    @Nullable
    String name(AccountId account) {
        return names.get(account);
    }
}
