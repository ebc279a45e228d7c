package io.wafleet.kafka;

import java.util.List;

/** Topics are missing or do not fit the settings; the message has one problem a line. */
public final class TopicMismatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TopicMismatchException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
