/** Tests of the contract: its JSON form is what other programs rely on. */
@NullMarked
package io.wafleet.contract;

import org.jspecify.annotations.NullMarked;
