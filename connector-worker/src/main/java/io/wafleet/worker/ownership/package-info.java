/** Who may act for a partition: lease, takeover, handover and loss, as pure machines. */
@NullMarked
package io.wafleet.worker.ownership;

import org.jspecify.annotations.NullMarked;
