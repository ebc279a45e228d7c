package io.wafleet.cli.load;

/** Figures as people read them. */
final class Rounded {
    private Rounded() {}

    static double to1(double value) {
        return Math.round(value * 10) / 10.0;
    }

    static double to2(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
