@NullMarked
package io.wafleet.cli.verify.scenario;

import org.jspecify.annotations.NullMarked;
