package io.wafleet.simulator.http;

import io.vertx.core.Vertx;
import io.wafleet.simulator.loop.Alarm;
import java.time.Duration;

/** One Vert.x timer at a time. On the event loop. */
public final class VertxAlarm implements Alarm {
    private static final long NONE = -1;

    private final Vertx vertx;
    private long timer = NONE;

    public VertxAlarm(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public void set(Duration delay, Runnable ring) {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
        }
        // rounded up: a timer that rings early would find nothing due
        timer = vertx.setTimer(Math.max(1, delay.plusNanos(999_999).toMillis()), _ -> {
            timer = NONE;
            ring.run();
        });
    }
}
