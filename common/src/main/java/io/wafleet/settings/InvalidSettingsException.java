package io.wafleet.settings;

import java.util.List;

/** Settings that cannot be used; the message has one problem a line, each naming its option and the rule. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingsException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
