/** HTTP in, commands out; read views. */
@NullMarked
package io.wafleet.gateway;

import org.jspecify.annotations.NullMarked;
