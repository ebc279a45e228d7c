package io.wafleet.gateway.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Reads bodies, no larger than the operation may have: one that sends many messages needs more room than any other; and no more at a time
 * than fit together.
 */
final class BodyLimits implements BodyHandler {
    private static final String SHARE = "bodyShare";
    private static final String BULK = "/api/whatsapp/send-messages";

    private final HttpLimits limits;
    private final BodyBudget budget;
    private final BodyHandler usual;
    private final BodyHandler bulk;

    BodyLimits(HttpLimits limits) {
        this.limits = limits;
        this.budget = new BodyBudget(limits.maxHeldBytes());
        this.usual = BodyHandler.create(false).setBodyLimit(limits.maxBodyBytes());
        this.bulk = BodyHandler.create(false).setBodyLimit(limits.maxBulkBytes());
    }

    /** How many bytes the request's body may have. */
    static int of(RoutingContext context, HttpLimits limits) {
        return isBulk(context) ? limits.maxBulkBytes() : limits.maxBodyBytes();
    }

    /** Whether a body is being read: what fails then is what the client sends. A request without one goes on before it has ended. */
    static boolean areReading(RoutingContext context) {
        return context.get(SHARE) != null && !context.request().isEnded();
    }

    /** Whether it may be larger than others. */
    static boolean isBulk(RoutingContext context) {
        return BULK.equals(AskedPath.of(context));
    }

    /** The body is needed until then, also when its client goes away before. */
    static void keepUntil(RoutingContext context, Future<?> done) {
        BodyBudget.Share share = context.get(SHARE);
        if (share != null && share.use()) {
            done.onComplete(_ -> share.end());
        }
    }

    @Override
    public void handle(RoutingContext context) {
        long bytes = announced(context.request(), of(context, limits));
        if (!budget.hasRoomFor(bytes)) {
            context.fail(
                    Problem.busy("The bodies of other requests fill the memory; nothing was done, repeat the request"));
            return;
        }
        if (bytes > 0) {
            BodyBudget.Share share = budget.take(bytes);
            context.put(SHARE, share).addEndHandler(_ -> share.end());
            context.request().end().onSuccess(_ -> share.read(context.request().bytesRead()));
        }
        (isBulk(context) ? bulk : usual).handle(context);
    }

    /** At most how many bytes come; none of one that is refused for its size. */
    private static long announced(HttpServerRequest request, int limit) {
        if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            return limit;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            long bytes = length == null ? 0 : Long.parseLong(length);
            return bytes > limit ? 0 : bytes;
        } catch (NumberFormatException _) {
            return limit;
        }
    }

    @Override
    public BodyHandler setHandleFileUploads(boolean does) {
        throw fixed();
    }

    @Override
    public BodyHandler setBodyLimit(long limit) {
        throw fixed();
    }

    @Override
    public BodyHandler setUploadsDirectory(String directory) {
        throw fixed();
    }

    @Override
    public BodyHandler setMergeFormAttributes(boolean does) {
        throw fixed();
    }

    @Override
    public BodyHandler setDeleteUploadedFilesOnEnd(boolean does) {
        throw fixed();
    }

    @Override
    public BodyHandler setPreallocateBodyBuffer(boolean does) {
        throw fixed();
    }

    private static UnsupportedOperationException fixed() {
        return new UnsupportedOperationException("the limits are given once");
    }
}
