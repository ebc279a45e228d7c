package io.wafleet.gateway.http;

import io.vertx.core.buffer.Buffer;

/**
 * How many values a JSON text holds, told without reading it: two bytes can become an object of a hundred, so a body's limit says little of
 * the memory that it will take. Stateless.
 */
final class ValueCount {
    private ValueCount() {}

    /** Whether there are at most so many, more or less; what is no JSON is for its reader to refuse. */
    static boolean isWithin(Buffer json, int max) {
        int count = 1;
        boolean inText = false;
        for (int i = 0; i < json.length() && count <= max; i++) {
            byte b = json.getByte(i);
            if (inText) {
                if (b == '\\') {
                    i++; // What is escaped ends no text.
                } else {
                    inText = b != '"';
                }
            } else if (b == '"') {
                inText = true;
            } else if (b == ',' || b == '[' || b == '{') {
                count++;
            }
        }
        return count <= max;
    }
}
