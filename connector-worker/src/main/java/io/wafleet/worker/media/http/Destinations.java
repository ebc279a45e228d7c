package io.wafleet.worker.media.http;

import io.wafleet.worker.media.AddressRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.function.Predicate;

/**
 * Turns the host of a link into the one address that is then connected to. A name is resolved once, and what was judged is what is used: a
 * name server that answers differently the next time is never asked.
 */
final class Destinations {
    /** Asks the name server; waits for it. */
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Names names;
    private final Predicate<InetAddress> allowed;

    Destinations(Names names, Predicate<InetAddress> allowed) {
        this.names = names;
        this.allowed = allowed;
    }

    /**
     * By the machine's own resolver.
     *
     * @param allowPrivate whether the rules are off
     */
    static Destinations system(boolean allowPrivate) {
        return new Destinations(InetAddress::getAllByName,
                allowPrivate ? _ -> true : address -> AddressRules.isPublic(address.getAddress()));
    }

    /** Whether an address may be spoken to. */
    boolean isAllowed(InetAddress address) {
        return allowed.test(address);
    }

    InetAddress of(URI link) throws MediaRefusedException {
        InetAddress[] addresses;
        try {
            addresses = names.resolve(link.getHost());
        } catch (UnknownHostException _) {
            throw MediaRefusedException.forNow("media_host_unknown: the name of its server cannot be resolved");
        } catch (IllegalArgumentException _) {
            throw MediaRefusedException.forGood("media_address_invalid: its server is no name and no address");
        }
        for (InetAddress address : addresses) {
            if (isAllowed(address)) {
                return address;
            }
        }
        throw MediaRefusedException
                .forGood("media_address_forbidden: its server has no address that everybody can reach");
    }
}
