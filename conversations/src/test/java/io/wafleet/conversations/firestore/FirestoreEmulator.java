package io.wafleet.conversations.firestore;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import io.wafleet.health.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.gcloud.FirestoreEmulatorContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Google's emulator: the one that {@code FIRESTORE_EMULATOR_HOST} names, else that of an installed Cloud SDK, else one in a container.
 * Without any of them, tests that need it are skipped and say so.
 */
final class FirestoreEmulator {
    static final Path RULES = root().resolve("firestore.rules");
    private static final String JAR = "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar";
    private static final String IMAGE = "gcr.io/google.com/cloudsdktool/google-cloud-cli:528.0.0-emulators";
    private static final List<String> USUAL_FOLDERS = List.of("/usr/lib/google-cloud-sdk",
            "/usr/share/google-cloud-sdk",
            "/opt/google-cloud-sdk", "/snap/google-cloud-cli/current", "/opt/homebrew/share/google-cloud-sdk",
            "/usr/local/share/google-cloud-sdk", "/usr/local/google-cloud-sdk",
            System.getProperty("user.home") + "/google-cloud-sdk");
    private static @Nullable FirestoreEmulator shared;

    private final String host;

    private FirestoreEmulator(String host) {
        this.host = host;
    }

    /** The one that all tests of this process share; ends with it. Skips the test when there is none. */
    static synchronized FirestoreEmulator shared() {
        if (shared == null) {
            shared = find().orElse(null);
        }
        Assumptions.assumeTrue(shared != null,
                "SKIPPED: no Firestore emulator. Install it (gcloud components install cloud-firestore-emulator), or set"
                        + " FIRESTORE_EMULATOR_HOST, or start Docker");
        return Objects.requireNonNull(shared);
    }

    private static Optional<FirestoreEmulator> find() {
        String named = System.getenv("FIRESTORE_EMULATOR_HOST");
        if (named != null && !named.isBlank()) {
            return Optional.of(new FirestoreEmulator(named));
        }
        Optional<Path> jar = jar();
        if (jar.isPresent()) {
            return Optional.of(new FirestoreEmulator(startProcess(jar.get())));
        }
        return dockerAnswers() ? Optional.of(new FirestoreEmulator(startContainer())) : Optional.empty();
    }

    private static Optional<Path> jar() {
        List<Path> folders = new ArrayList<>();
        for (String folder : Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator)) {
            Path gcloud = Path.of(folder, "gcloud");
            if (Files.exists(gcloud)) {
                try {
                    folders.add(gcloud.toRealPath().getParent().getParent());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        USUAL_FOLDERS.forEach(folder -> folders.add(Path.of(folder)));
        return folders.stream().map(folder -> folder.resolve(JAR)).filter(Files::isRegularFile).findFirst();
    }

    private static String startProcess(Path jar) {
        int port = Ports.free("127.0.0.1");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try {
            Path log = Files.createTempFile("firestore-emulator", ".log");
            log.toFile().deleteOnExit();
            Process process = new ProcessBuilder(java, "-Duser.language=en", "-Xmx512m",
                    "--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-cp",
                    jar.toString(), "com.google.cloud.datastore.emulator.firestore.CloudFirestore", "start",
                    "--host=127.0.0.1", "--port=" + port, "--rules=" + RULES).redirectErrorStream(true)
                    .redirectOutput(log.toFile()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            String host = "127.0.0.1:" + port;
            Awaitility.await("Firestore emulator").atMost(Duration.ofSeconds(60)).ignoreExceptions()
                    .until(() -> get(host) == 200);
            return host;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int get(String host) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create("http://" + host + "/")).build(),
                    HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** The container ends with this process: Testcontainers sees to it. */
    @SuppressWarnings("resource")
    private static String startContainer() {
        FirestoreEmulatorContainer container = new FirestoreEmulatorContainer(DockerImageName.parse(IMAGE));
        container.start();
        return container.getEmulatorEndpoint();
    }

    /** Testcontainers takes its time to find out that nothing is there, and logs an error: first see whether it can be. */
    private static boolean dockerAnswers() {
        String home = System.getProperty("user.home");
        boolean isLikely = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(home, ".docker/run/docker.sock"))
                || Files.exists(Path.of(home, ".testcontainers.properties"));
        return isLikely && DockerClientFactory.instance().isDockerAvailable();
    }

    String host() {
        return host;
    }

    /** Names a project that nobody has used. */
    static String newProject() {
        return "wafleet-" + UUID.randomUUID().toString().substring(0, 8);
    }

    Firestore client(String project) {
        return FirestoreOptions.newBuilder().setEmulatorHost(host).setProjectId(project).build().getService();
    }

    FirestoreConversationStore store(String project) {
        return new FirestoreConversationStore(new FirestoreSession(client(project), FirestoreSession.PATIENCE));
    }

    /** The project's root. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/architecture.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
