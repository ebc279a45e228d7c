package io.wafleet.gateway.http;

import java.util.Map;

/** The frame of every page: no script or style but our own, and the main part renews itself. */
final class Page {
    static final Map<String, String> HEADERS = Map.of("Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer");

    private Page() {}

    /**
     * @param title plain text
     * @param main HTML, escaped where it holds what others wrote
     */
    static String of(String title, String main) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s · wafleet</title>
                <link rel="icon" href="/assets/icon.svg">
                <link rel="stylesheet" href="/assets/gateway.css">
                <script src="/assets/live.js" defer></script>
                <noscript><meta http-equiv="refresh" content="5"></noscript>
                </head>
                <body>
                <header><a class="brand" href="/">wafleet</a><span id="link" role="status"></span></header>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(Html.escape(title), main);
    }
}
