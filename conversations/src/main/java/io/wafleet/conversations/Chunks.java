package io.wafleet.conversations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Bytes in pieces that fit one document of each store. */
public final class Chunks {
    /** Below Firestore's limit of 1 MiB for a document, with room for its other fields. */
    public static final int MAX_CHUNK_BYTES = 900_000;

    private Chunks() {}

    /** At least one piece, in order. */
    public static List<byte[]> split(byte[] whole) {
        if (whole.length > CredentialBackups.MAX_BYTES) {
            throw new IllegalArgumentException("at most " + CredentialBackups.MAX_BYTES + " bytes can be kept");
        }
        List<byte[]> chunks = new ArrayList<>();
        for (int at = 0; at < whole.length || at == 0; at += MAX_CHUNK_BYTES) {
            chunks.add(Arrays.copyOfRange(whole, at, Math.min(whole.length, at + MAX_CHUNK_BYTES)));
        }
        return chunks;
    }

    public static byte[] join(List<byte[]> chunks) {
        byte[] whole = new byte[chunks.stream().mapToInt(c -> c.length).sum()];
        int at = 0;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, whole, at, chunk.length);
            at += chunk.length;
        }
        return whole;
    }
}
