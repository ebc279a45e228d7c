package io.wafleet.gateway.http;

import io.vertx.ext.web.MIMEHeader;
import java.util.Arrays;
import java.util.List;

/** How a QR can be had. In the order of preference when a caller takes several alike. */
enum QrFormat {
    HTML("text", "html"), PNG("image", "png"), SVG("image", "svg+xml"), JSON("application", "json");

    private final String type;
    private final String subtype;

    QrFormat(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    /**
     * The best of what the caller accepts; a page when it does not say.
     *
     * @param accept by the caller's preference, most wanted first
     */
    static QrFormat accepted(List<MIMEHeader> accept) {
        if (accept.isEmpty()) {
            return HTML;
        }
        return accept.stream().filter(a -> a.weight() > 0)
                .flatMap(a -> Arrays.stream(values()).filter(f -> f.fits(a))).findFirst()
                .orElseThrow(() -> Problem.of(406, "not_acceptable",
                        "Accept: must allow text/html, image/png, image/svg+xml or application/json"));
    }

    private boolean fits(MIMEHeader accepted) {
        return matches(accepted.component(), type) && matches(accepted.subComponent(), subtype);
    }

    private static boolean matches(String accepted, String offered) {
        return accepted.equals("*") || accepted.equalsIgnoreCase(offered);
    }
}
