package io.wafleet.gateway.http;

import io.wafleet.contract.AccountStatus;
import io.wafleet.contract.AccountStatusRecord;
import io.wafleet.gateway.view.AccountStanding;
import java.util.List;
import java.util.stream.Collectors;

/** The landing page: every account, what it is, and the way to its QR. */
final class AccountsPage {
    private AccountsPage() {}

    /**
     * @param withoutOwner how many partitions nobody acts for
     * @param host under which the reader reaches the gateway
     */
    static String of(List<AccountStanding> accounts, int withoutOwner, int partitions, String host) {
        return Page.of("Accounts",
                """
                        <h1>Accounts</h1>
                        <p class="hint">%s · <a href="/api/whatsapp/qr-visual">QR codes to scan</a> · <a href="/api/fleet">fleet</a> \
                        · <a href="/openapi.yaml">API</a></p>
                        %s%s"""
                        .formatted(count(accounts), warning(withoutOwner, partitions),
                                accounts.isEmpty() ? none(host) : table(accounts)));
    }

    private static String count(List<AccountStanding> accounts) {
        long connected = accounts.stream().map(AccountStanding::status)
                .filter(s -> s == AccountStatus.CONNECTED).count();
        return connected + " of " + accounts.size() + " connected";
    }

    private static String warning(int withoutOwner, int partitions) {
        if (withoutOwner == 0) {
            return "";
        }
        return "<p class=\"warning\">" + (withoutOwner == partitions
                ? "No worker is running: accounts cannot connect and orders are refused."
                : withoutOwner + " of " + partitions + " partitions have no worker yet.") + "</p>\n";
    }

    private static String none(String host) {
        return """
                <p class="empty">No accounts yet. Add one:</p>
                <pre>curl -H 'Content-Type: application/json' -d '{"phone":"+40 712 345 678","name":"Shop"}' \\
                  http://%s/api/whatsapp/add-account</pre>
                """.formatted(Html.escape(host));
    }

    private static String table(List<AccountStanding> accounts) {
        return """
                <table>
                <thead><tr><th>Name</th><th>Phone</th><th>Status</th><th>Since</th><th>Worker</th></tr></thead>
                <tbody>
                %s</tbody>
                </table>
                """.formatted(accounts.stream().map(AccountsPage::row).collect(Collectors.joining()));
    }

    private static String row(AccountStanding standing) {
        AccountStatusRecord record = standing.record();
        return """
                <tr><td><a href="/api/whatsapp/qr/%s">%s</a></td><td>%s</td><td>%s%s</td><td>%s</td><td>%s</td></tr>
                """.formatted(Html.escape(record.account().value()), Html.escape(QrPage.name(record)),
                Html.escape(record.phone().masked()), QrPage.chip(standing.status()), reason(standing),
                QrPage.time(standing.since()),
                standing.owner() == null ? "–" : Html.escape(standing.owner().value()));
    }

    private static String reason(AccountStanding standing) {
        return standing.reason() == null || standing.status() == AccountStatus.CONNECTED
                ? ""
                : " <span class=\"reason\">" + Html.escape(standing.reason()) + "</span>";
    }
}
