package io.wafleet.conversations.moving;

import io.wafleet.identity.PhoneNumbers;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever lies in a document, it stops nothing: the others move, and each that does not is named. */
final class GarbageTest {
    private static final int SEEDS = 600;
    private static final List<@Nullable Object> ODD = Arrays.asList(null, "", " ", "\u0000", "\ud800",
            "x".repeat(70_000),
            "[object Object]", "../../etc/passwd", ".", "..", "a/b", "account_prod_x__1@lid", "+", "@", "1@", "@lid",
            "0@s.whatsapp.net", "40722000111@s.whatsapp.net", true, false, -1, 0, 7, 1e300, Double.NaN, Long.MAX_VALUE,
            Long.MIN_VALUE, List.of(), List.of(1, "2", Map.of()), Map.of(), Map.of("_seconds", Long.MAX_VALUE),
            Map.of("_seconds", 1_700_000_000L, "_nanoseconds", Long.MAX_VALUE), Map.of("seconds", "x"),
            Map.of("value", Map.of("value", Map.of())), Map.of("id", 5, "remoteJid", List.of()),
            Map.of("type", "image", "url", "no url", "thumbBase64", "%%%"), "9999-99-99T00:00:00Z",
            "+999999999-12-31T23:59:59Z", "99999999999999999999");
    private static final List<String> FIELDS = List.of("accountId", "name", "phoneE164", "waJid", "status", "deletedAt",
            "files", "clientJid", "displayName", "redirectTo", "canonicalThreadId", "phone", "direction", "body",
            "waMessageId", "key", "tsClient", "createdAt", "tsServer", "messageType", "mediaType", "mediaUrl", "media",
            "mediaMimetype", "mediaFilename", "deliveredAt", "readAt", "updatedAt", "lastError", "senderName",
            "participant", "senderJid", "clientMessageId", "requestId", "threadId", "toJid", "payload",
            "providerMessageId");
    private static final List<String> PATHS = List.of("", "/", "accounts", "accounts/", "accounts/..", "accounts/a/b/c",
            "threads//messages/", "threads/x/messages/y", "threads/__/messages/z", "outbox/", "wa_sessions/.",
            "inboundDedupe/x", "threads/40722000111/messages/m");

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** The fixture with one document in three spoilt. */
    static List<OriginalDocument> spoilt(long seed) {
        Random random = new Random(seed);
        List<OriginalDocument> all = new ArrayList<>();
        for (OriginalDocument document : OriginalFixture.documents()) {
            if (random.nextInt(3) > 0) {
                all.add(document);
                continue;
            }
            Map<String, Object> fields = new LinkedHashMap<>(document.fields());
            for (int i = random.nextInt(4); i >= 0; i--) {
                Object odd = any(ODD, random);
                if (odd == null) {
                    fields.remove(any(FIELDS, random));
                } else {
                    fields.put(any(FIELDS, random), odd);
                }
            }
            all.add(new OriginalDocument(random.nextInt(5) == 0 ? any(PATHS, random) : document.path(), fields));
        }
        return all;
    }

    @Test
    void nothingInADocumentStopsTheOthers() {
        OriginalDocument sound = new OriginalDocument(
                "threads/" + OriginalFixture.SHOP + "__40733000001@s.whatsapp.net/messages/SOUND",
                Map.of("direction", "inbound", "body", "sound", "tsClient", "2023-11-14T22:13:20.000Z"));
        for (long seed = 0; seed < SEEDS; seed++) {
            List<OriginalDocument> documents = spoilt(seed);
            documents.add(sound);
            MovePlan plan = Original.plan(documents, new PhoneNumbers("RO"));
            assertThat(Rehearsal.of(plan).paths()).as("seed " + seed).contains(sound.path());
            assertThat(plan.read().values().stream().mapToLong(Long::longValue).sum()).as("seed " + seed)
                    .isEqualTo(documents.size());
        }
    }

    @Test
    void whatNoRuleForesawIsNamedByItsPathAlone() {
        Map<String, Object> broken = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new IllegalStateException("words of a person");
            }
        };
        List<OriginalDocument> documents = new ArrayList<>(OriginalFixture.documents());
        String path = "threads/" + OriginalFixture.SHOP + "__40722000111@s.whatsapp.net/messages/BROKEN";
        documents.add(new OriginalDocument(path, Map.of("key", broken)));
        MovePlan plan = Original.plan(documents, new PhoneNumbers("RO"));
        assertThat(plan.changes()).isEqualTo(OriginalFixture.plan().changes());
        assertThat(plan.findings()).contains(Finding.of(Finding.Kind.SKIPPED,
                "the document cannot be understood (IllegalStateException)", List.of(path)));
        assertThat(plan.findings().toString()).doesNotContain("words of");
    }

    @Test
    void oneThatIsNoObjectIsNamedByPathAndRule() {
        List<OriginalDocument> documents = new ArrayList<>(OriginalFixture.documents());
        documents.add(OriginalDocument.unreadable("accounts/x", "the document is no object"));
        documents
                .add(OriginalDocument.unreadable("threads/x__40722000111@s.whatsapp.net", "the document is no object"));
        MovePlan plan = Original.plan(documents, new PhoneNumbers("RO"));
        assertThat(plan.changes()).isEqualTo(OriginalFixture.plan().changes());
        assertThat(plan.findings()).contains(new Finding(Finding.Kind.SKIPPED, "the document is no object", 2,
                List.of("accounts/x", "threads/x__407****11@s.whatsapp.net")));
    }

    @Test
    void aTimeAtWhichThereCanBeNoMessageIsNone() {
        for (Object odd : List.of(0, -5, 1e300, Long.MAX_VALUE, "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
                Map.of("_seconds", Long.MAX_VALUE), Map.of("_seconds", 5))) {
            assertThat(Moments.read(odd)).as(String.valueOf(odd)).isNull();
        }
    }

    @Test
    void pathsShowNoPhoneInWhateverForm() {
        assertThat(List.of("threads/40722000111@s.whatsapp.net", "threads/+40722000111", "threads/a__40722000111",
                "threads/a__40722000111:3@s.whatsapp.net/messages/M1", "clients/40722000111",
                "threads/a__40722000111-1600000000@g.us").stream().map(Findings::masked))
                .allSatisfy(path -> assertThat(path).doesNotContain("22000").contains("407****11"));
        assertThat(Findings.masked("accounts/account_1700000000000")).isEqualTo("accounts/account_1700000000000");
        assertThat(Findings.masked("accounts/" + OriginalFixture.SHOP)).isEqualTo("accounts/" + OriginalFixture.SHOP);
    }
}
