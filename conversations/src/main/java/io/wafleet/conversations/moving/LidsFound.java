package io.wafleet.conversations.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Chat;
import io.wafleet.conversations.Change;
import io.wafleet.conversations.ThreadId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gathers whose phone a LID is. The first that tells counts, so the surest is asked first: the mapping files of the session, then where
 * an old thread was led to, then what a thread says of itself.
 */
final class LidsFound {
    private static final Pattern REVERSE = Pattern.compile("lid-mapping-([0-9]{3,32})_reverse\\.json");

    private final Jids jids;
    private final Findings findings;
    private final Map<ThreadId, Change.LidKnown> known = new LinkedHashMap<>();

    LidsFound(Jids jids, Findings findings) {
        this.jids = jids;
        this.findings = findings;
    }

    void session(MovedSession session) {
        session.files().forEach((name, text) -> {
            Matcher file = REVERSE.matcher(name);
            if (file.matches()) {
                tell(session.account(), jids.read(file.group(1) + "@lid"), jids.read(text.replaceAll("[^0-9]", "")),
                        Instant.EPOCH, "wa_sessions/" + session.account());
            }
        });
    }

    /** An old thread that was led to another one. */
    void redirect(OriginalDocument thread, ThreadId id) {
        String to = thread.text("redirectTo", "canonicalThreadId");
        if (to != null) {
            tell(id.account(), Optional.of(id.chat()), jids.read(to.substring(to.lastIndexOf("__") + 1)
                    .replaceFirst("^_", "")), at(thread), thread.path());
        }
    }

    /** What a thread says of itself. */
    void thread(OriginalDocument thread, ThreadId id) {
        if (ThreadId.isLid(id.chat())) {
            tell(id.account(), Optional.of(id.chat()),
                    jids.phone(thread.text("phoneE164", "phone", "phoneNumber")).map(Chat::of), at(thread),
                    thread.path());
        } else {
            tell(id.account(), jids.read(thread.text("clientJid")), Optional.of(id.chat()), at(thread), thread.path());
        }
    }

    private void tell(AccountId account, Optional<Chat> lid, Optional<Chat> phone, Instant at, String path) {
        if (lid.isEmpty() || phone.isEmpty() || !ThreadId.isLid(lid.get()) || !ThreadId.isPhone(phone.get())) {
            return;
        }
        Change.LidKnown told = new Change.LidKnown(account, lid.get(), phone.get(), at);
        Change.LidKnown first = known.putIfAbsent(new ThreadId(account, lid.get()), told);
        if (first != null && !first.phone().equals(told.phone())) {
            findings.skipped("the LID is said to be another phone than elsewhere: the surer one counts", path);
        }
    }

    private static Instant at(OriginalDocument thread) {
        return Objects.requireNonNullElse(thread.time("lastMessageAt", "updatedAt"), Instant.EPOCH);
    }

    /** Where the messages of a thread go. */
    ThreadId resolve(ThreadId id) {
        Change.@Nullable LidKnown told = known.get(id);
        return told == null ? id : new ThreadId(id.account(), told.phone());
    }

    List<Change.LidKnown> all() {
        return List.copyOf(known.values());
    }
}
