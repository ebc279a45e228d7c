package io.wafleet.worker.media.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One GET: a redirect, or a body within its limit. On the event loop; begun from any thread. */
final class Exchange {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** Client errors that pass: request timeout, too early, too many requests. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);
    private static final int OK = 200;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MAX_PORT = 65_535;

    /** What came of it. */
    sealed interface Got {}

    /** It lies elsewhere. */
    record Moved(URI to) implements Got {}

    /** It is here; a class, since its bytes are an array. */
    static final class Body implements Got {
        private final @Nullable String contentType;
        private final byte[] bytes;

        Body(@Nullable String contentType, byte[] bytes) {
            this.contentType = contentType;
            this.bytes = bytes;
        }

        @Nullable
        String contentType() {
            return contentType;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    private final URI link;
    private final InetAddress address;
    private final Destinations destinations;
    private final int maxBytes;
    private volatile @Nullable HttpClientRequest request;
    private volatile boolean ended;

    /**
     * @param address of the link's host, the one that is spoken to
     */
    Exchange(URI link, InetAddress address, Destinations destinations, int maxBytes) {
        this.link = link;
        this.address = address;
        this.destinations = destinations;
        this.maxBytes = maxBytes;
    }

    Future<Got> begin(HttpClient client, ClientSSLOptions tls) {
        boolean secure = "https".equalsIgnoreCase(link.getScheme());
        int port = link.getPort() >= 0 ? link.getPort() : secure ? HTTPS : HTTP;
        String path = link.getRawPath() == null || link.getRawPath().isEmpty() ? "/" : link.getRawPath();
        // The address as digits: with its name beside it, the client library would resolve that anew.
        RequestOptions options = new RequestOptions().setMethod(HttpMethod.GET).setHost(link.getHost()).setPort(port)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress())).setSsl(secure)
                .setURI(link.getRawQuery() == null ? path : path + "?" + link.getRawQuery()).setFollowRedirects(false)
                .putHeader(HttpHeaders.ACCEPT, "*/*").putHeader(HttpHeaders.ACCEPT_ENCODING, "identity")
                .putHeader(HttpHeaders.USER_AGENT, "wafleet");
        if (secure) {
            options.setSslOptions(tls);
        }
        return client.request(options).compose(this::send);
    }

    private Future<Got> send(HttpClientRequest made) {
        request = made;
        made.exceptionHandler(_ -> {
            // What is awaited fails by itself; this is only so that nobody logs it.
        });
        if (ended) {
            // Whoever asked for it waits no more, and did not see this connection: unended, it would be read without a limit of time.
            end();
            return refused(MediaRefusedException.forNow("media_ended: its connection came too late"));
        }
        if (!isWhereItShould(made.connection().remoteAddress())) {
            end();
            return refused(MediaRefusedException
                    .forGood("media_address_forbidden: the connection led to another address than its own"));
        }
        return made.send().compose(this::read);
    }

    /** What was judged is what was connected to, whatever the client library did in between. */
    private boolean isWhereItShould(SocketAddress reached) {
        return destinations.isAllowed(address) && address.getHostAddress().equals(reached.hostAddress());
    }

    private Future<Got> read(HttpClientResponse response) {
        response.exceptionHandler(_ -> {
            // As above; who reads the body has a handler of its own.
        });
        int status = response.statusCode();
        if (REDIRECTS.contains(status)) {
            end();
            return redirect(response.getHeader(HttpHeaders.LOCATION));
        }
        if (status != OK) {
            end();
            String reason = "media_status_" + status + ": its server did not answer with it";
            boolean forGood = status < FIRST_SERVER_ERROR && !PASSING.contains(status);
            return refused(forGood ? MediaRefusedException.forGood(reason) : MediaRefusedException.forNow(reason));
        }
        String encoding = response.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !"identity".equalsIgnoreCase(encoding)) {
            end();
            return refused(MediaRefusedException
                    .forGood("media_encoded: its server sends it compressed, though it was asked not to"));
        }
        return new BodyReader(response, maxBytes, this::end).read()
                .map(bytes -> new Body(response.getHeader(HttpHeaders.CONTENT_TYPE), bytes));
    }

    private Future<Got> redirect(@Nullable String location) {
        try {
            URI to = link.resolve(location == null ? "" : location);
            String scheme = String.valueOf(to.getScheme()).toLowerCase(Locale.ROOT);
            if (location != null && Set.of("http", "https").contains(scheme) && to.getHost() != null
                    && to.getUserInfo() == null && to.getPort() != 0 && to.getPort() <= MAX_PORT) {
                return Future.succeededFuture(new Moved(to));
            }
        } catch (IllegalArgumentException _) {
            // Told below, as every other place that cannot be gone to.
        }
        return refused(MediaRefusedException.forGood("media_redirect_invalid: it is redirected to no HTTP address"));
    }

    private static Future<Got> refused(MediaRefusedException why) {
        return Future.failedFuture(why);
    }

    /** Ends the connection, now or as soon as it is made; what comes of it counts no more. May be called twice, from any thread. */
    void end() {
        ended = true;
        HttpClientRequest made = request;
        if (made != null) {
            var _ = made.reset();
            var _ = made.connection().close();
        }
    }
}
