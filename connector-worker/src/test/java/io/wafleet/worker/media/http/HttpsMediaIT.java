package io.wafleet.worker.media.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PfxOptions;
import io.wafleet.contract.Content;
import io.wafleet.worker.connector.MediaBytes;
import io.wafleet.worker.connector.Uploaded;
import io.wafleet.worker.media.MediaLimits;
import io.wafleet.worker.media.MediaSource.Brought;
import io.wafleet.worker.media.MediaSource.Failed;
import io.wafleet.worker.media.MediaSource.Here;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Media behind HTTPS: the address is chosen here, yet it is the name that the server must prove. */
final class HttpsMediaIT {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;
    private static HttpsServer server;

    private record Kept(int size) implements Uploaded {}

    @BeforeAll
    static void start() throws Exception {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(keytool, "-genkeypair", "-alias", "files", "-keyalg", "EC", "-dname",
                "CN=files.example", "-ext", "san=dns:files.example", "-validity", "2", "-storetype", "PKCS12",
                "-keystore", store().toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        assertThat(made.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write(new byte[5]);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static Path store() {
        return folder.resolve("files.p12");
    }

    private static Brought bring(String host, ClientSSLOptions tls) throws Exception {
        Destinations local = new Destinations(_ -> new InetAddress[]{InetAddress.getLoopbackAddress()}, _ -> true);
        Function<MediaBytes, CompletionStage<Uploaded>> upload = bytes -> CompletableFuture
                .completedFuture(new Kept(bytes.bytes().length));
        try (HttpMediaSource source = new HttpMediaSource(
                new MediaLimits(1_000, Duration.ofSeconds(10), 3, 2, true), System::nanoTime,
                new SimpleMeterRegistry(), local, tls)) {
            URI link = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/x");
            return source.bring(new Content.Image(link, null, null, null), upload).toCompletableFuture().get(20,
                    TimeUnit.SECONDS);
        }
    }

    private static ClientSSLOptions trusting() {
        return new ClientSSLOptions()
                .setTrustOptions(new PfxOptions().setPath(store().toString()).setPassword(PASSWORD));
    }

    @Test
    void aServerThatProvesItsNameIsBelieved() throws Exception {
        assertThat(bring("files.example", trusting())).isEqualTo(new Here(new Kept(5)));
    }

    @Test
    void aServerThatProvesAnotherNameIsNot() throws Exception {
        assertThat(bring("other.example", trusting())).isInstanceOf(Failed.class);
    }

    @Test
    void aServerThatNobodyVouchesForIsNot() throws Exception {
        assertThat(bring("files.example", new ClientSSLOptions())).isInstanceOf(Failed.class);
    }
}
