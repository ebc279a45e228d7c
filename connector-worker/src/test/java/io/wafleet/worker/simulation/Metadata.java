package io.wafleet.worker.simulation;

/** A member as the group knew it when it was captured. */
record Metadata(String member, int epoch) {}
