package io.wafleet.gateway.http;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.gateway.view.AccountStanding;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page on which a person links an account, whatever its status; and the one with all codes that stand. */
final class QrPage {
    private static final String STEPS = """
            <ol class="steps">
            <li>Open <b>WhatsApp</b> on the phone.</li>
            <li>Tap <b>⋮</b> (Android) or <b>Settings</b> (iPhone), then <b>Linked devices</b>.</li>
            <li>Tap <b>Link a device</b>.</li>
            <li>%s</li>
            </ol>
            """;

    private QrPage() {}

    /**
     * @param svg the drawing of the QR that stands; null when none does
     */
    static String one(AccountStanding standing, @Nullable String svg) {
        String title = name(standing.record());
        return Page.of(title,
                """
                        <section class="card">
                        <h1>%s</h1>
                        <p class="phone">%s</p>
                        %s
                        <p>%s</p>
                        %s%s</section>
                        """.formatted(Html.escape(title), Html.escape(standing.record().phone().masked()),
                        chip(standing.status()),
                        Html.escape(StatusText.meaning(standing)), detail(standing, svg), reason(standing)));
    }

    /**
     * @param showing accounts whose QR stands
     * @param svg draws one of them
     */
    static String all(List<AccountStanding> showing, Function<AccountStanding, String> svg) {
        String cards = showing.stream().map(s -> """
                <article class="card">
                <h2><a href="/api/whatsapp/qr/%s">%s</a></h2>
                <p class="phone">%s</p>
                <div class="qr">%s</div>
                </article>
                """.formatted(Html.escape(s.record().account().value()), Html.escape(name(s.record())),
                Html.escape(s.record().phone().masked()), svg.apply(s))).collect(Collectors.joining());
        return Page.of("QR codes", "<h1>QR codes to scan</h1>\n" + (showing.isEmpty()
                ? "<p class=\"empty\">No account waits for a scan.</p>\n"
                : "<div class=\"grid\">\n" + cards + "</div>\n"));
    }

    static String chip(AccountStatus status) {
        return "<span class=\"chip " + StatusText.tone(status) + "\">" + StatusText.label(status) + "</span>";
    }

    static String name(AccountStatusRecord record) {
        String name = record.name();
        return name == null ? "Account " + record.phone().masked() : name;
    }

    private static String detail(AccountStanding standing, @Nullable String svg) {
        AccountStatusRecord.PairingCode code = standing.pairingCode();
        if (svg != null) {
            return "<div class=\"qr\">" + svg + "</div>\n" + until(standing)
                    + STEPS.formatted("Point the phone at this code. It renews itself.");
        }
        if (code != null) {
            return "<p class=\"code\">" + Html.escape(code.code()) + "</p>\n"
                    + STEPS.formatted("Tap <b>Link with phone number instead</b>, and type the code.");
        }
        String id = Html.escape(standing.record().account().value());
        return switch (standing.status()) {
            case CONNECTED -> "<div class=\"done\" aria-hidden=\"true\">✓</div>\n";
            case CONNECTING, QR_READY, PAIRING_CODE_READY -> "<div class=\"wait\" aria-hidden=\"true\"></div>\n";
            case NEEDS_QR -> button("/api/whatsapp/regenerate-qr/" + id, "Get a new QR code");
            case DISCONNECTED, CONFLICT -> button("/api/whatsapp/reconnect/" + id, "Reconnect");
            case RECONNECTING, DELETED -> "";
        };
    }

    private static String button(String path, String label) {
        return "<p><button data-post=\"" + path + "\">" + label + "</button></p>\n";
    }

    private static String until(AccountStanding standing) {
        AccountStatusRecord.Qr qr = standing.qr();
        return qr == null ? "" : "<p class=\"hint\">Pairing stays open until " + time(qr.windowEndsAt()) + "</p>\n";
    }

    private static String reason(AccountStanding standing) {
        Instant next = standing.record().nextAttemptAt();
        boolean connected = standing.status() == AccountStatus.CONNECTED;
        String why = connected || standing.reason() == null ? "" : "Reason: " + Html.escape(standing.reason()) + ". ";
        String when = next == null || standing.status() != AccountStatus.RECONNECTING || standing.waitsForOwner()
                ? ""
                : "Next attempt " + time(next) + ". ";
        return "<p class=\"hint\">" + why + when + "Since " + time(standing.since()) + "</p>\n";
    }

    /** In UTC for who has no script; the script writes it in the reader's own time. */
    static String time(Instant instant) {
        String text = instant.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        return "<time datetime=\"" + text + "\">" + text.replace('T', ' ').replace("Z", " UTC") + "</time>";
    }
}
