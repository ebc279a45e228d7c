/**
 * Torture of a fleet of separate processes: they are killed, ended, frozen and started at random while clients send and people write;
 * then it is checked that nothing accepted was lost, said twice or out of order.
 */
@NullMarked
package io.wafleet.cli.torture;

import org.jspecify.annotations.NullMarked;
