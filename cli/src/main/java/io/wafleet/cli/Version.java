package io.wafleet.cli;

import picocli.CommandLine.IVersionProvider;

/** What this build calls itself. */
final class Version {
    static final IVersionProvider PROVIDER = () -> new String[]{"wafleet " + text()};

    private Version() {}

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
