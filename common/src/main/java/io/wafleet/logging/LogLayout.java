package io.wafleet.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.wafleet.contract.JsonCodec;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** One log event as a line, phones masked wherever they stand. */
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
            .withZone(ZoneOffset.UTC);

    private final Logging.Format format;

    LogLayout(Logging.Format format) {
        this.format = format;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String message = PhoneMask.mask(event.getFormattedMessage());
        String stack = event.getThrowableProxy() == null
                ? ""
                : PhoneMask.mask(ThrowableProxyUtil.asString(event.getThrowableProxy()));
        String time = TIME.format(event.getInstant());
        String logger = event.getLoggerName().substring(event.getLoggerName().lastIndexOf('.') + 1);
        if (format == Logging.Format.TEXT) {
            return time + " " + String.format("%-5s", event.getLevel()) + " [" + event.getThreadName() + "] " + logger
                    + ": "
                    + message + "\n" + stack;
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", time);
        line.put("level", event.getLevel().toString());
        line.put("logger", event.getLoggerName());
        line.put("thread", event.getThreadName());
        line.put("message", message);
        event.getMDCPropertyMap().forEach((k, v) -> line.put(k, PhoneMask.mask(v)));
        if (!stack.isEmpty()) {
            line.put("stack", stack);
        }
        return JsonCodec.text(line) + "\n";
    }
}
