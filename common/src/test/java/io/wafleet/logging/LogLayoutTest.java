package io.wafleet.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import io.wafleet.contract.JsonCodec;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

final class LogLayoutTest {

    private static String line(Logging.Format format, String message, @Nullable Throwable failure) {
        LoggerContext context = new LoggerContext();
        Logger logger = context.getLogger("io.wafleet.worker.Loop");
        LoggingEvent event = new LoggingEvent(Logger.FQCN, logger, Level.WARN, message, failure, new Object[0]);
        event.setInstant(Instant.parse("2026-11-22T10:15:30.120Z"));
        event.setThreadName("loop-3");
        event.setMDCPropertyMap(Map.of("phone", "+40712345678"));
        return new LogLayout(format).doLayout(event);
    }

    @Test
    void textIsOneLineForPeople() {
        assertThat(line(Logging.Format.TEXT, "sent to +40712345678", null))
                .isEqualTo("2026-11-22T10:15:30.120Z WARN  [loop-3] Loop: sent to +407****78\n");
    }

    @Test
    void jsonIsOneObjectALine() {
        String line = line(Logging.Format.JSON, "sent to \"+40712345678\"\nand on", null);
        assertThat(line).endsWith("}\n").hasLineCount(1);
        JsonNode json = JsonCodec.mapper().readTree(line);
        assertThat(json.get("time").asString()).isEqualTo("2026-11-22T10:15:30.120Z");
        assertThat(json.get("level").asString()).isEqualTo("WARN");
        assertThat(json.get("logger").asString()).isEqualTo("io.wafleet.worker.Loop");
        assertThat(json.get("message").asString()).isEqualTo("sent to \"+407****78\"\nand on");
        assertThat(json.get("phone").asString()).isEqualTo("+407****78");
    }

    @Test
    void phonesInStackTracesAreHiddenToo() {
        IllegalStateException failure = new IllegalStateException("no chat with +40712345678");
        assertThat(line(Logging.Format.TEXT, "failed", failure)).contains("IllegalStateException")
                .contains("+407****78").doesNotContain("40712345678");
        assertThat(line(Logging.Format.JSON, "failed", failure)).hasLineCount(1).contains("LogLayoutTest")
                .doesNotContain("40712345678");
    }
}
