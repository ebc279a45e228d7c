package io.wafleet.gateway;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.MediaKey;
import io.wafleet.embedded.BrokerExtension;
import io.wafleet.embedded.TestBroker;
import io.wafleet.gateway.GatewayUnderTest.Got;
import io.wafleet.media.FolderMediaStore;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The bytes of media that arrived. */
@ExtendWith(BrokerExtension.class)
final class MediaIT {
    /** SHA-256 of "hello". */
    private static final String HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    private static final String PATH = "/api/whatsapp/media/shop.1/";

    @TempDir
    private Path folder;

    @Test
    void areServedForSavingOnceTheyAreThere(TestBroker broker) throws Exception {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(broker.freshSettings(2),
                Map.of("media.dir", folder.toString()))) {
            Got early = gateway.get(PATH + HELLO);
            assertThat(early.status()).isEqualTo(404);
            assertThat(early.at("/code").asString()).isEqualTo("media_not_here");

            new FolderMediaStore(folder).put(MediaKey.of(new AccountId("shop.1"), HELLO), "image/png",
                    () -> new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)));
            Got got = gateway.get(PATH + HELLO);
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.text()).isEqualTo("hello");
            assertThat(got.header("content-type")).isEqualTo("image/png");
            assertThat(got.header("content-length")).isEqualTo("5");
            assertThat(got.header("content-disposition"))
                    .isEqualTo("attachment; filename=\"2cf24dba5fb0a30e.png\"");
            assertThat(got.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(got.header("x-request-id")).isNotEmpty();

            assertThat(gateway.get("/api/whatsapp/media/shop/" + HELLO).status()).as("another account's")
                    .isEqualTo(404);
            assertThat(gateway.get(PATH + HELLO.substring(1)).status()).isEqualTo(400);
            assertThat(gateway.get("/api/whatsapp/media/../" + HELLO).status()).isEqualTo(404);
            assertThat(gateway.get("/api/whatsapp/media/%2e%2e%2fx/" + HELLO).status()).isBetween(400, 404);

            Path file = folder.resolve("shop.1").resolve(HELLO.substring(0, 2)).resolve(HELLO + ".type");
            Files.delete(file);
            assertThat(gateway.get(PATH + HELLO).header("content-type")).isEqualTo("application/octet-stream");
        }
    }

    @Test
    void aGatewayWithoutAFolderSaysSo(TestBroker broker) {
        try (GatewayUnderTest gateway = GatewayUnderTest.start(broker.freshSettings(2), Map.of())) {
            Got got = gateway.get(PATH + HELLO);
            assertThat(got.status()).isEqualTo(404);
            assertThat(got.at("/code").asString()).isEqualTo("media_not_kept");
        }
    }
}
