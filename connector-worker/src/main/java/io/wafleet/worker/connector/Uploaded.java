package io.wafleet.worker.connector;

/** A medium that WhatsApp has, as the connector names it: what a message is sent with. */
public interface Uploaded {}
