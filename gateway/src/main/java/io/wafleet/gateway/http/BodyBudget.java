package io.wafleet.gateway.http;

/**
 * How many bytes all bodies under way may have together. Each is bounded by itself, but many at once would fill the memory. On the event
 * loop.
 */
final class BodyBudget {
    private final long maxBytes;
    private long heldBytes;

    BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** One body's part of it, which ends when nobody needs the body any more. */
    final class Share {
        private long bytes;
        private int users = 1;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        /** All of it is read: it has this many bytes. */
        void read(long actualBytes) {
            if (users > 0) {
                heldBytes += actualBytes - bytes;
                bytes = actualBytes;
            }
        }

        /**
         * Somebody else needs the body too, whatever becomes of the request.
         *
         * @return whether it counts still; else its end counted already
         */
        boolean use() {
            users += users > 0 ? 1 : 0;
            return users > 0;
        }

        void end() {
            users--;
            if (users == 0) {
                heldBytes -= bytes;
            }
        }
    }

    /** Whether so many more fit; if so, take them. */
    boolean hasRoomFor(long bytes) {
        return heldBytes + bytes <= maxBytes;
    }

    Share take(long bytes) {
        heldBytes += bytes;
        return new Share(bytes);
    }

    long heldBytes() {
        return heldBytes;
    }
}
