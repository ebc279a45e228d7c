@NullMarked
package io.wafleet.cli.verify;

import org.jspecify.annotations.NullMarked;
