package io.wafleet.worker.media;

import java.util.Arrays;
import java.util.List;

/**
 * Which addresses a stranger's link may lead to: only what is reachable by everybody. All else is refused, so that nobody reads
 * through the fleet what only its own network can: other services, the cloud's metadata. It judges the bytes of an address, after
 * names, decimal and octal spellings have been resolved: there is nothing left to disguise.
 */
public final class AddressRules {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    /** An address range: so many leading bits are the same. */
    private static final class Range {
        private final int bits;
        private final int[] head;

        Range(int bits, int... head) {
            this.bits = bits;
            this.head = head;
        }

        boolean holds(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                int index = bit / Byte.SIZE;
                int want = index < head.length ? head[index] : 0;
                if ((address[index] & mask) != (want & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** IANA's special-purpose IPv4 addresses that are not globally reachable, and multicast. */
    private static final List<Range> V4 = List.of(new Range(8, 0), new Range(8, 10), new Range(10, 100, 64),
            new Range(8, 127), new Range(16, 169, 254), new Range(12, 172, 16), new Range(24, 192, 0, 0),
            new Range(24, 192, 0, 2), new Range(24, 192, 88, 99), new Range(16, 192, 168), new Range(15, 198, 18),
            new Range(24, 198, 51, 100), new Range(24, 203, 0, 113), new Range(4, 224), new Range(4, 240));

    /** Public by its number, but the agent of Azure's host, which gives each of its machines that machine's settings and secrets. */
    private static final Range AZURE_HOST = new Range(32, 168, 63, 129, 16);

    /** Of IPv6 only 2000::/3 is handed out to the public; these parts of it are not reachable, or lead elsewhere. */
    private static final Range V6_PUBLIC = new Range(3, 0x20);
    private static final List<Range> V6 = List.of(new Range(23, 0x20, 0x01, 0x00),
            new Range(32, 0x20, 0x01, 0x0d, 0xb8),
            new Range(20, 0x3f, 0xff, 0x00));

    /** IPv4 addresses in the clothes of IPv6: mapped, translated (NAT64), and 6to4. */
    private static final Range MAPPED = new Range(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
    private static final Range NAT64 = new Range(96, 0, 0x64, 0xff, 0x9b);
    private static final Range SIX_TO_FOUR = new Range(16, 0x20, 0x02);

    private AddressRules() {}

    /**
     * @param address 4 or 16 bytes, in network order
     */
    public static boolean isPublic(byte[] address) {
        return switch (address.length) {
            case V4_BYTES -> V4.stream().noneMatch(r -> r.holds(address)) && !AZURE_HOST.holds(address);
            case V6_BYTES -> isPublicV6(address);
            default -> false;
        };
    }

    private static boolean isPublicV6(byte[] address) {
        if (MAPPED.holds(address) || NAT64.holds(address)) {
            return isPublic(Arrays.copyOfRange(address, V6_BYTES - V4_BYTES, V6_BYTES));
        }
        if (SIX_TO_FOUR.holds(address)) {
            return isPublic(Arrays.copyOfRange(address, 2, 2 + V4_BYTES));
        }
        return V6_PUBLIC.holds(address) && V6.stream().noneMatch(r -> r.holds(address));
    }
}
