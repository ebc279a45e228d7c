package io.wafleet.worker.media.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.wafleet.contract.Content;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Uploaded;
import io.wafleet.worker.media.MediaLimits;
import io.wafleet.worker.media.MediaSource;
import io.wafleet.worker.media.MediaTypes;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings media by HTTP. There are so many places, each a thread of its own (a name server is waited for without a way to end it), and a
 * medium keeps its place until it is uploaded: that bounds the memory. In a place:
 * <ol>
 * <li>The host becomes one address, judged by the rules; none that is allowed: for good not to be had.
 * <li>GET from exactly that address; a redirect begins anew at 1, so many times.
 * <li>The body is read up to its limit, declared or not.
 * <li>Its type is checked, and it is handed to the upload.
 * </ol>
 * The time for all of it, waiting for a place included, is one; when it is over the connection is ended, and the outcome told. An upload
 * that goes on keeps its place until it ends, within a limit. Why here and so: ADR 17. Thread-safe.
 */
public final class HttpMediaSource implements MediaSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpMediaSource.class);
    private static final int MAX_WAITING = 1_000;
    private static final long IDLE_THREAD_SECONDS = 10;
    private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** So long an upload keeps its place after the outcome was told; one that never ends must not hold it for ever. */
    private static final Duration MAX_LATE_UPLOAD = MediaLimits.MAX_TIMEOUT;
    private static final String TIMEOUT = "media_timeout: it could not be brought in time";

    private final MediaLimits limits;
    private final LongSupplier nanos;
    private final MeterRegistry metrics;
    private final Destinations destinations;
    private final ClientSSLOptions tls;
    private final ThreadPoolExecutor places;
    private final Vertx vertx;
    private final HttpClientAgent client;

    /**
     * @param nanos monotonic
     */
    public HttpMediaSource(MediaLimits limits, LongSupplier nanos, MeterRegistry metrics) {
        this(limits, nanos, metrics, Destinations.system(limits.allowPrivate()), new ClientSSLOptions());
    }

    HttpMediaSource(MediaLimits limits, LongSupplier nanos, MeterRegistry metrics, Destinations destinations,
            ClientSSLOptions tls) {
        this.limits = limits;
        this.nanos = nanos;
        this.metrics = metrics;
        this.destinations = destinations;
        this.tls = tls.setHostnameVerificationAlgorithm("HTTPS");
        this.places = new ThreadPoolExecutor(limits.concurrent(), limits.concurrent(), IDLE_THREAD_SECONDS,
                TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("media-", 0).factory());
        places.allowCoreThreadTimeOut(true);
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1).setUseDaemonThread(true).setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        this.client = vertx.createHttpClient(
                // Idle for as long as all of it may take: nobody can be waiting for that connection any more.
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout((int) limits.timeout().toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout((int) limits.timeout().toMillis()),
                new PoolOptions().setHttp1MaxSize(limits.concurrent()));
    }

    /** How many media wait for one of the places. */
    public int waiting() {
        return places.getQueue().size();
    }

    @Override
    public CompletionStage<Brought> bring(Content.Media media,
            Function<MediaBytes, CompletionStage<Uploaded>> upload) {
        long deadline = nanos.getAsLong() + limits.timeout().toNanos();
        CompletableFuture<Brought> told = new CompletableFuture<>();
        try {
            places.execute(() -> told.complete(brought(media, upload, deadline, told)));
        } catch (RejectedExecutionException _) {
            told.complete(new Failed(false, "media_busy: too many media wait to be fetched"));
        }
        // For a name server that answers after all is over: its thread cannot be ended.
        told.completeOnTimeout(new Failed(false, TIMEOUT), limits.timeout().toNanos() + LATE_NANOS,
                TimeUnit.NANOSECONDS);
        return told.whenComplete((brought, _) -> count(brought));
    }

    private void count(Brought brought) {
        String outcome = switch (brought) {
            case Here _ -> "brought";
            case Failed(boolean permanent, _) -> permanent ? "refused" : "failed";
        };
        metrics.counter("wafleet.worker.media", "outcome", outcome).increment();
    }

    private Brought brought(Content.Media media, Function<MediaBytes, CompletionStage<Uploaded>> upload,
            long deadline, CompletableFuture<Brought> told) {
        try {
            return uploaded(upload.apply(fetch(media, deadline)).toCompletableFuture(), deadline, told);
        } catch (MediaRefusedException e) {
            return e.failed();
        } catch (TimeoutException _) {
            return new Failed(false, TIMEOUT);
        } catch (ExecutionException _) {
            return new Failed(false, "media_upload_failed: WhatsApp did not take it");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Failed(false, "media_interrupted: the worker ends");
        } catch (RuntimeException e) {
            // Untold, it would end the place's thread and look like a slow server. What its text says may hold the address.
            LOG.error("a medium could not be brought: {} at {}", e.getClass().getName(), firstFrame(e));
            return new Failed(false, "media_failed: the worker could not handle it");
        }
    }

    /** Its bytes are in memory until the upload ends: a place that was free before would let in more than are counted. */
    private Brought uploaded(CompletableFuture<Uploaded> upload, long deadline, CompletableFuture<Brought> told)
            throws TimeoutException, ExecutionException, InterruptedException {
        try {
            return new Here(upload.get(left(deadline), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            told.complete(new Failed(false, TIMEOUT));
            var _ = upload.get(MAX_LATE_UPLOAD.toNanos(), TimeUnit.NANOSECONDS);
            throw e;
        }
    }

    private static String firstFrame(RuntimeException e) {
        StackTraceElement[] stack = e.getStackTrace();
        return stack.length == 0 ? "an unknown place" : stack[0].toString();
    }

    private MediaBytes fetch(Content.Media media, long deadline)
            throws MediaRefusedException, TimeoutException, InterruptedException {
        URI link = media.url();
        for (int hop = 0; hop <= limits.maxRedirects(); hop++) {
            switch (get(link, deadline)) {
                case Exchange.Moved(URI to) -> link = to;
                case Exchange.Body body -> {
                    String type = MediaTypes.resolve(media, body.contentType()).orElseThrow(() -> MediaRefusedException
                            .forGood("media_type: its server says that it is no " + media.family() + "*"));
                    return new MediaBytes(type, body.bytes());
                }
            }
        }
        throw MediaRefusedException.forGood("media_redirects: it is redirected more than " + limits.maxRedirects()
                + " times");
    }

    private Exchange.Got get(URI link, long deadline)
            throws MediaRefusedException, TimeoutException, InterruptedException {
        left(deadline);
        Exchange exchange = new Exchange(link, destinations.of(link), destinations, limits.maxBytes());
        long patience = left(deadline);
        try {
            return exchange.begin(client, tls).toCompletionStage().toCompletableFuture().get(patience,
                    TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MediaRefusedException why
                    ? why
                    : MediaRefusedException.forNow("media_unreachable: its server cannot be spoken to");
        } finally {
            exchange.end();
        }
    }

    private long left(long deadline) throws TimeoutException {
        long left = deadline - nanos.getAsLong();
        if (left <= 0) {
            throw new TimeoutException();
        }
        return left;
    }

    @Override
    public void close() {
        places.shutdownNow();
        var _ = vertx.close();
    }
}
