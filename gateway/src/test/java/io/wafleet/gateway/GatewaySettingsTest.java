package io.wafleet.gateway;

import io.wafleet.conversations.store.StoreSettings;
import io.wafleet.settings.InvalidSettingsException;
import io.wafleet.settings.Setting;
import io.wafleet.settings.Settings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class GatewaySettingsTest {
    private static GatewaySettings read(Map<String, String> options) {
        Settings settings = Settings.of(options);
        GatewaySettings gateway = GatewaySettings.from(settings);
        settings.check();
        return gateway;
    }

    @Test
    void listensOnThisMachineOnlyUnlessToldOtherwise() {
        GatewaySettings settings = read(Map.of());
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.limits().maxBodyBytes()).isEqualTo(1_048_576);
        assertThat(settings.sendWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.commandWait()).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void readsEachSetting() {
        GatewaySettings settings = read(Map.ofEntries(Map.entry("http.host", "0.0.0.0"), Map.entry("http.port", "1"),
                Map.entry("http.max.body.bytes", "2048"), Map.entry("http.max.bulk.bytes", "2050"),
                Map.entry("http.max.header.bytes", "2049"),
                Map.entry("http.header.timeout", "2s"), Map.entry("http.body.timeout", "3s"),
                Map.entry("http.idle.timeout", "40s"), Map.entry("send.wait", "4s"),
                Map.entry("command.wait", "6s"), Map.entry("produce.timeout", "7s"),
                Map.entry("gateway.max.waiting", "8"), Map.entry("gateway.max.messages", "900"),
                Map.entry("outbox.max.queued", "77"),
                Map.entry("shutdown.grace", "10s"), Map.entry("media.dir", "kept"),
                Map.entry("read.wait", "9s"), Map.entry("store", "firestore"),
                Map.entry("store.sqlite.file", "here.db"), Map.entry("store.firestore.project", "shop")));
        assertThat(GatewaySettings.SETTINGS).hasSize(20);
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.port()).isEqualTo(1);
        assertThat(settings.limits()).isEqualTo(new io.wafleet.gateway.http.HttpLimits(2048, 2050,
                Runtime.getRuntime().maxMemory() / 8, 2049,
                Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(40)));
        assertThat(settings.sendWait()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.commandWait()).isEqualTo(Duration.ofSeconds(6));
        assertThat(settings.produceTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.maxWaiting()).isEqualTo(8);
        assertThat(settings.maxMessages()).isEqualTo(900);
        assertThat(settings.maxQueued()).isEqualTo(77);
        assertThat(settings.media().dir()).contains(java.nio.file.Path.of("kept"));
        assertThat(settings.readWait()).isEqualTo(Duration.ofSeconds(9));
        assertThat(settings.store()).isEqualTo(new StoreSettings(StoreSettings.Kind.FIRESTORE,
                java.nio.file.Path.of("here.db"), "shop"));
        assertThat(settings.grace()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void namesEveryBadValueAndTheRuleBetweenTwo() {
        assertThatThrownBy(() -> read(Map.of("http.port", "x", "http.idle.timeout", "4s")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll("--http-port", "--http-idle-timeout", "--command-wait", "--read-wait");
    }

    @Test
    void eachSettingIsDescribedInOneSentence() {
        assertThat(GatewaySettings.SETTINGS).extracting(Setting::description).allMatch(d -> d.endsWith("."));
    }
}
