package io.wafleet.simulator.whatsapp;

/**
 * One connection of a client.
 *
 * @param number from 1, in the order they came; never reused
 */
public record ConnectionId(long number) {}
