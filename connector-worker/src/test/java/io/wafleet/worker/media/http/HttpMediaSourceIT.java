package io.wafleet.worker.media.http;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.wafleet.contract.Content;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Uploaded;
import io.wafleet.worker.media.AddressRules;
import io.wafleet.worker.media.MediaLimits;
import io.wafleet.worker.media.MediaSource.Brought;
import io.wafleet.worker.media.MediaSource.Failed;
import io.wafleet.worker.media.MediaSource.Here;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Media fetched from a server that behaves, and from those that do not. */
final class HttpMediaSourceIT {
    private static final int MAX_BYTES = 100_000;
    private static final byte[] PUBLIC = {8, 8, 8, 8};
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final RoughFileServer server = new RoughFileServer();
    private final List<MediaBytes> uploaded = new CopyOnWriteArrayList<>();
    private final List<HttpMediaSource> sources = new ArrayList<>();

    private record Kept(int size) implements Uploaded {}

    @AfterEach
    void stop() {
        sources.forEach(HttpMediaSource::close);
        server.close();
    }

    private HttpMediaSource source(MediaLimits limits) {
        return source(limits, Destinations.system(limits.allowPrivate()));
    }

    private HttpMediaSource source(MediaLimits limits, Destinations destinations) {
        HttpMediaSource source = new HttpMediaSource(limits, System::nanoTime, new SimpleMeterRegistry(), destinations,
                new ClientSSLOptions());
        sources.add(source);
        return source;
    }

    private static MediaLimits limits(boolean allowPrivate) {
        return new MediaLimits(MAX_BYTES, Duration.ofSeconds(3), 3, 2, allowPrivate);
    }

    private Brought bring(HttpMediaSource source, String url) throws Exception {
        return start(source, url).get(20, TimeUnit.SECONDS);
    }

    private CompletableFuture<Brought> start(HttpMediaSource source, String url) {
        Function<MediaBytes, java.util.concurrent.CompletionStage<Uploaded>> upload = bytes -> {
            uploaded.add(bytes);
            return CompletableFuture.completedFuture(new Kept(bytes.bytes().length));
        };
        return source.bring(new Content.Image(URI.create(url), null, null, null), upload).toCompletableFuture();
    }

    /** From the test's own server, which only a source that allows private addresses may speak to. */
    private Brought bring(String path) throws Exception {
        return bring(source(limits(true)), server.url(path));
    }

    private static void failed(Brought brought, boolean permanent, String code) {
        assertThat(brought).isInstanceOfSatisfying(Failed.class, f -> {
            assertThat(f.reason()).startsWith(code + ": ").doesNotContain("127.0.0.1").doesNotContain("http");
            assertThat(f.permanent()).as(f.reason()).isEqualTo(permanent);
        });
    }

    @Test
    void bringsTheBytesAsTheyAre() throws Exception {
        assertThat(bring("/bytes/50000")).isEqualTo(new Here(new Kept(50_000)));
        assertThat(uploaded).singleElement().satisfies(m -> {
            assertThat(m.bytes()).isEqualTo(RoughFileServer.bytes(50_000));
            assertThat(m.mimetype()).isEqualTo("image/png");
        });
    }

    @Test
    void takesExactlyAsMuchAsIsAllowedWhetherDeclaredOrNot() throws Exception {
        assertThat(bring("/bytes/" + MAX_BYTES)).isInstanceOf(Here.class);
        assertThat(bring("/chunked/" + MAX_BYTES)).isInstanceOf(Here.class);
        failed(bring("/bytes/" + (MAX_BYTES + 1)), true, "media_too_large");
        failed(bring("/chunked/" + (MAX_BYTES + 1)), true, "media_too_large");
        failed(bring("/endless"), true, "media_too_large");
        assertThat(uploaded).hasSize(2);
    }

    @Test
    void chunksOfOneByteMakeTheSameBytes() throws Exception {
        HttpMediaSource source = source(new MediaLimits(MAX_BYTES, Duration.ofSeconds(20), 3, 2, true));
        assertThat(bring(source, server.url("/crumbs/20000"))).isInstanceOf(Here.class);
        assertThat(uploaded).singleElement()
                .satisfies(m -> assertThat(m.bytes()).isEqualTo(RoughFileServer.bytes(20_000)));
    }

    @ParameterizedTest
    @CsvSource({"404,true", "403,true", "410,true", "204,true", "408,false", "429,false", "500,false", "503,false"})
    void aStatusThatPassesIsTriedAgainAndAnotherIsNot(int status, boolean permanent) throws Exception {
        failed(bring("/status/" + status), permanent, "media_status_" + status);
    }

    @Test
    void whatIsNotWhatItIsSentAsIsRefused() throws Exception {
        failed(bring("/page"), true, "media_type");
        failed(bring("/bytes/0"), true, "media_empty");
        failed(bring("/gzip"), true, "media_encoded");
    }

    @Test
    void slowServersEndWithTheTimeHoweverTheyAreSlow() throws Exception {
        HttpMediaSource impatient = source(
                new MediaLimits(MAX_BYTES, Duration.ofMillis(600), 3, 2, true));
        failed(bring(impatient, server.url("/silent")), false, "media_timeout");
        failed(bring(impatient, server.url("/drip")), false, "media_timeout");
        await("its place is free again").atMost(Duration.ofSeconds(20))
                .until(() -> bring(impatient, server.url("/bytes/10")) instanceof Here);
    }

    @Test
    void aConnectionThatBreaksIsTriedAgain() throws Exception {
        failed(bring("/short"), false, "media_unreachable");
        failed(bring(source(limits(true)), "http://127.0.0.1:1/x"), false,
                "media_unreachable");
    }

    @Test
    void followsRedirectsAsOftenAsAllowed() throws Exception {
        assertThat(bring("/redirect/3")).isInstanceOf(Here.class);
        failed(bring("/redirect/4"), true, "media_redirects");
        failed(bring("/loop"), true, "media_redirects");
        failed(bring("/to?file:///etc/passwd"), true, "media_redirect_invalid");
        failed(bring("/to?http://u:p@127.0.0.1/"), true, "media_redirect_invalid");
        failed(bring("/to?http://127.0.0.1:65536/"), true, "media_redirect_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/bytes/10", "http://localhost:%d/bytes/10", "http://[::1]:%d/bytes/10",
        "http://2130706433:%d/bytes/10", "http://[::ffff:127.0.0.1]:%d/bytes/10",
        "http://0.0.0.0:%d/bytes/10", "http://169.254.169.254/latest/meta-data"})
    void privateAddressesAreNotSpokenToHoweverTheyAreSpelled(String url) throws Exception {
        Brought brought = bring(source(limits(false)), url.formatted(server.port()));
        assertThat(brought).isInstanceOfSatisfying(Failed.class, f -> assertThat(f.permanent()).isTrue());
        assertThat(server.requests()).isEmpty();
    }

    /** The first address counts as public by its name alone; where it redirects to is judged by the real rules. */
    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:%d/bytes/10", "http://localhost:%d/bytes/10", "http://[::1]:%d/bytes/10",
        "http://2130706433:%d/bytes/10", "http://169.254.169.254/latest/meta-data"})
    void aRedirectToAPrivateAddressIsNotFollowed(String to) throws Exception {
        Destinations oneIsPublic = new Destinations(host -> host.equals("public.example")
                ? new InetAddress[]{InetAddress.getByAddress(host, LOOPBACK)}
                : InetAddress.getAllByName(host),
                address -> address.getHostName().equals("public.example")
                        || AddressRules.isPublic(address.getAddress()));
        Brought brought = bring(source(limits(false), oneIsPublic),
                "http://public.example:" + server.port() + "/to?" + to.formatted(server.port()));
        failed(brought, true, "media_address_forbidden");
        assertThat(server.requests()).hasSize(1);
    }

    /** A name server that first says a public address, and then the loopback: only the first answer is ever used. */
    @Test
    void aNameIsResolvedOnceAndWhatWasJudgedIsWhatIsConnectedTo() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpMediaSource source = source(new MediaLimits(MAX_BYTES, Duration.ofMillis(700), 3, 2, false),
                new Destinations(host -> new InetAddress[]{InetAddress.getByAddress(host,
                        asked.getAndIncrement() == 0 ? PUBLIC : LOOPBACK)},
                        address -> AddressRules.isPublic(address.getAddress())));
        Brought brought = bring(source, "http://rebind.example:" + server.port() + "/bytes/10");
        assertThat(brought).isInstanceOfSatisfying(Failed.class, f -> assertThat(f.permanent()).isFalse());
        assertThat(asked).hasValue(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aNameWithPublicAndPrivateAddressesIsSpokenToOnlyAtThePublicOnes() throws Exception {
        Destinations rules = new Destinations(host -> new InetAddress[]{InetAddress.getByAddress(host, LOOPBACK),
            InetAddress.getByAddress(host, PUBLIC)}, address -> AddressRules.isPublic(address.getAddress()));
        assertThat(rules.of(URI.create("http://mixed.example/")).getAddress()).isEqualTo(PUBLIC);
    }

    @Test
    void noMoreAreInMemoryAtATimeThanAllowed() throws Exception {
        HttpMediaSource source = source(new MediaLimits(MAX_BYTES, Duration.ofSeconds(10), 3, 2, true));
        Content.Image image = new Content.Image(URI.create(server.url("/bytes/10")), null, null, null);
        List<CompletableFuture<Uploaded>> uploads = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Brought>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(source.bring(image, _ -> {
                CompletableFuture<Uploaded> upload = new CompletableFuture<>();
                uploads.add(upload);
                return upload;
            }).toCompletableFuture());
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> uploads.size() == 2);
        assertThat(server.requests()).as("the others are not even asked for").hasSize(2);
        uploads.forEach(u -> u.complete(new Kept(10)));
        await().atMost(Duration.ofSeconds(10)).until(() -> uploads.size() == 4);
        uploads.forEach(u -> u.complete(new Kept(10)));
        for (CompletableFuture<Brought> one : all) {
            assertThat(one.get(10, TimeUnit.SECONDS)).isInstanceOf(Here.class);
        }
    }

    /** The only place is held by a name server that does not answer, until the time of both is over. */
    @Test
    void whatWaitedTooLongForAPlaceIsTriedAgain() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(2);
        HttpMediaSource source = source(new MediaLimits(MAX_BYTES, Duration.ofMillis(500), 3, 1, true),
                new Destinations(host -> {
                    hold(host, answer);
                    answered.countDown();
                    return InetAddress.getAllByName("127.0.0.1");
                }, _ -> true));
        CompletableFuture<Brought> first = start(source, "http://slow.example:" + server.port() + "/bytes/10");
        failed(bring(source, server.url("/bytes/10")), false, "media_timeout");
        failed(first.get(10, TimeUnit.SECONDS), false, "media_timeout");
        answer.countDown();
        await().atMost(Duration.ofSeconds(10)).until(() -> source.waiting() == 0);
        assertThat(server.requests()).as("what is over is not fetched any more").isEmpty();
        assertThat(answered.getCount()).as("not even its name is asked for").isEqualTo(1);
    }

    private static void hold(String host, CountDownLatch until) throws UnknownHostException {
        try {
            if (host.equals("slow.example") && !until.await(20, TimeUnit.SECONDS)) {
                throw new UnknownHostException(host);
            }
        } catch (InterruptedException _) {
            throw new UnknownHostException(host);
        }
    }

    @Test
    void anUploadThatFailsOrHangsIsTriedAgain() throws Exception {
        Content.Image image = new Content.Image(URI.create(server.url("/bytes/10")), null, null, null);
        failed(source(limits(true))
                .bring(image, _ -> CompletableFuture.failedFuture(new IllegalStateException("closed")))
                .toCompletableFuture().get(20, TimeUnit.SECONDS), false, "media_upload_failed");
        HttpMediaSource hasty = source(new MediaLimits(MAX_BYTES, Duration.ofMillis(800), 3, 2, true));
        failed(hasty.bring(image, _ -> new CompletableFuture<>()).toCompletableFuture().get(20, TimeUnit.SECONDS),
                false, "media_timeout");
    }

    /** Its outcome is told in time all the same; the bytes it holds count until it ends. */
    @Test
    void anUploadThatHangsKeepsItsPlaceUntilItEnds() throws Exception {
        HttpMediaSource source = source(new MediaLimits(MAX_BYTES, Duration.ofSeconds(2), 3, 1, true));
        Content.Image image = new Content.Image(URI.create(server.url("/bytes/10")), null, null, null);
        CompletableFuture<Uploaded> hanging = new CompletableFuture<>();
        failed(source.bring(image, _ -> hanging).toCompletableFuture().get(20, TimeUnit.SECONDS), false,
                "media_timeout");
        failed(bring(source, server.url("/bytes/20")), false, "media_timeout");
        assertThat(server.requests()).as("the only place is not free").hasSize(1);
        hanging.complete(new Kept(10));
        await("its place is free again").atMost(Duration.ofSeconds(20))
                .until(() -> bring(source, server.url("/bytes/10")) instanceof Here);
    }

    @Test
    void aDefectIsToldAtOnceAndTheNextIsBroughtAllTheSame() throws Exception {
        HttpMediaSource source = source(new MediaLimits(MAX_BYTES, Duration.ofSeconds(30), 3, 1, true));
        Content.Image image = new Content.Image(URI.create(server.url("/bytes/10")), null, null, null);
        failed(source.bring(image, _ -> {
            throw new IllegalStateException("from http://127.0.0.1/secret");
        }).toCompletableFuture().get(20, TimeUnit.SECONDS), false, "media_failed");
        assertThat(bring(source, server.url("/bytes/10"))).isInstanceOf(Here.class);
    }

    /** Such as one that waited in the client's pool, or for a slow handshake. */
    @Test
    void aConnectionThatIsMadeAfterAllIsOverAsksForNothing() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Exchange exchange = new Exchange(URI.create(server.url("/bytes/10")), InetAddress.getByAddress(LOOPBACK),
                    Destinations.system(true), MAX_BYTES);
            exchange.end();
            CompletableFuture<Exchange.Got> got = exchange.begin(vertx.createHttpClient(), new ClientSSLOptions())
                    .toCompletionStage().toCompletableFuture();
            assertThat(got).failsWithin(Duration.ofSeconds(10)).withThrowableThat()
                    .withCauseInstanceOf(MediaRefusedException.class);
            assertThat(server.requests()).isEmpty();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theServerIsToldItsOwnName() throws Exception {
        HttpMediaSource source = source(limits(true),
                new Destinations(_ -> InetAddress.getAllByName("127.0.0.1"), _ -> true));
        assertThat(bring(source, "http://files.example:" + server.port() + "/bytes/10?a=b")).isInstanceOf(Here.class);
        assertThat(server.requests()).containsExactly("files.example:" + server.port() + " /bytes/10?a=b");
    }
}
