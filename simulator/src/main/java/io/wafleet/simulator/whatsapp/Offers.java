package io.wafleet.simulator.whatsapp;

import io.wafleet.contract.PhoneNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be scanned or typed now, the oldest first, and the QRs that no longer can. */
final class Offers {
    private static final int MAX_SPENT = 10_000;

    private final Map<ConnectionId, Offer> open = new LinkedHashMap<>();
    private final Map<String, Boolean> spent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_SPENT;
        }
    };

    void add(Offer offer) {
        open.put(offer.connection().id(), offer);
    }

    /** The connection's offer, if it has one, ends. */
    void remove(ConnectionId connection) {
        Offer offer = open.remove(connection);
        if (offer != null) {
            spend(offer);
        }
    }

    /** The QR that the offer shows can no longer be scanned. */
    void spend(Offer offer) {
        String qr = offer.qr();
        if (qr != null) {
            spent.put(qr, true);
        }
    }

    boolean isSpent(String qr) {
        return spent.containsKey(qr);
    }

    Optional<Offer> showing(String qr) {
        return open.values().stream().filter(o -> qr.equals(o.qr())).findFirst();
    }

    /** The newest one of this account that shows a QR. */
    Optional<Offer> showingFor(String account) {
        return open.values().stream().filter(o -> o.client().equals(account) && o.qr() != null)
                .reduce((_, newer) -> newer);
    }

    /** The one with this code for this phone, however it is written. */
    Optional<Offer> withCode(PhoneNumber phone, String code) {
        String typed = plain(code);
        return open.values().stream().filter(o -> phone.equals(o.codeFor()))
                .filter(o -> o.code() != null && plain(o.code()).equals(typed)).findFirst();
    }

    private static String plain(String code) {
        return code.replace("-", "").replace(" ", "").toUpperCase(Locale.ROOT);
    }

    List<Offer> all() {
        return List.copyOf(open.values());
    }
}
