package io.wafleet.outbox.core;

import io.wafleet.contract.AccountId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A key whose bytes sort as its parts do: texts end with a zero byte, numbers have eight bytes with the sign flipped. Compared as
 * unsigned bytes, as every ordered store does.
 */
public final class Key implements Comparable<Key> {
    /** Before every key. */
    public static final Key FIRST = new Key(new byte[0]);
    /** After every key: no part of ours begins with this byte. */
    public static final Key LAST = new Key(new byte[]{(byte) 0xFF});

    private final byte[] bytes;

    private Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key as a store gave it back. */
    public static Key ofBytes(byte[] bytes) {
        return new Key(bytes.clone());
    }

    static Key of(AccountId account) {
        return FIRST.with(account.value());
    }

    /**
     * The key with one more part.
     *
     * @param text without zero bytes, unless it is the last part
     */
    Key with(String text) {
        byte[] part = text.getBytes(StandardCharsets.UTF_8);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + part.length + 1);
        System.arraycopy(part, 0, longer, bytes.length, part.length);
        return new Key(longer);
    }

    Key with(long number) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + Long.BYTES);
        long flipped = number ^ Long.MIN_VALUE;
        for (int i = 0; i < Long.BYTES; i++) {
            longer[bytes.length + i] = (byte) (flipped >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        return new Key(longer);
    }

    /** To the millisecond. */
    Key with(Instant at) {
        return with(at.toEpochMilli());
    }

    /** The moment that the key begins with. */
    Instant leadingInstant() {
        long flipped = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            flipped = (flipped << Byte.SIZE) | (bytes[i] & 0xFF);
        }
        return Instant.ofEpochMilli(flipped ^ Long.MIN_VALUE);
    }

    /** The key without its last parts. */
    Key withoutLast(int count) {
        return new Key(Arrays.copyOf(bytes, bytes.length - count));
    }

    /** The moment that begins so many bytes before the key's end. */
    Instant instantBeforeEnd(int count) {
        return new Key(Arrays.copyOfRange(bytes, bytes.length - count, bytes.length)).leadingInstant();
    }

    /** The least key that is greater than all that begin with this one. */
    public Key afterAll() {
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (bytes[i] != (byte) 0xFF) {
                byte[] next = Arrays.copyOf(bytes, i + 1);
                next[i]++;
                return new Key(next);
            }
        }
        return LAST;
    }

    /** The least key that is greater than this one. */
    public Key next() {
        return new Key(Arrays.copyOf(bytes, bytes.length + 1));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** In hexadecimal: a key may hold a phone. */
    @Override
    public String toString() {
        return "Key[" + HexFormat.of().formatHex(bytes) + "]";
    }
}
