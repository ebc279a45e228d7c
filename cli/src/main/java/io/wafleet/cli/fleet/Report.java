package io.wafleet.cli.fleet;

/** What a bench found; written as JSON. */
public interface Report {
    /** Whether everything kept its word; else the command fails. */
    boolean isSound();
}
