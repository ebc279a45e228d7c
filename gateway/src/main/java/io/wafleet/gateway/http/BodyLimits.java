package io.wafleet.gateway.http;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** Reads bodies, no larger than the operation may have: one that sends many messages needs more room than any other. */
final class BodyLimits implements BodyHandler {
    private static final String IS_BEGUN = "bodyIsBegun";
    private static final String BULK = "/api/whatsapp/send-messages";

    private final BodyHandler usual;
    private final BodyHandler bulk;

    BodyLimits(HttpLimits limits) {
        this.usual = BodyHandler.create(false).setBodyLimit(limits.maxBodyBytes());
        this.bulk = BodyHandler.create(false).setBodyLimit(limits.maxBulkBytes());
    }

    /** How many bytes the request's body may have. */
    static int of(RoutingContext context, HttpLimits limits) {
        return isBulk(context) ? limits.maxBulkBytes() : limits.maxBodyBytes();
    }

    /** Whether the body is being read: what fails then is what the client sends. */
    static boolean areReading(RoutingContext context) {
        return context.get(IS_BEGUN) != null && !context.request().isEnded();
    }

    private static boolean isBulk(RoutingContext context) {
        return BULK.equals(context.request().path());
    }

    @Override
    public void handle(RoutingContext context) {
        context.put(IS_BEGUN, true);
        (isBulk(context) ? bulk : usual).handle(context);
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
