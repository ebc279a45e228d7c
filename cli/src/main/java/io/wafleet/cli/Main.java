package io.wafleet.cli;

/** The command line: {@code wafleet COMMAND}. Every role is a command; {@code dev} runs all of them in one process. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLines.wafleet(System.getenv(), System.out, System.err).execute(arguments));
    }
}
