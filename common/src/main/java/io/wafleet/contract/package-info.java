/** What crosses a process boundary: ids, commands, events, replies, journal records, changelogs, and the catalogue of topics. */
@NullMarked
package io.wafleet.contract;

import org.jspecify.annotations.NullMarked;
