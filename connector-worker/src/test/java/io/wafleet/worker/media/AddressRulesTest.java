package io.wafleet.worker.media;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

final class AddressRulesTest {
    private static boolean isPublic(String literal) throws UnknownHostException {
        return AddressRules.isPublic(InetAddress.getByName(literal).getAddress());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255",
        "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "169.254.0.1", "169.254.169.254",
        "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.255",
        "168.63.129.16", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"})
    void refusesIpv4ThatNotEverybodyReaches(String address) throws UnknownHostException {
        assertThat(isPublic(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "fc00::1", "fdff:ffff::1", "fe80::1", "febf::1", "fec0::1", "ff02::1",
        "ff0e::1",
        "2001:db8::1", "2001::1", "2001:10::1", "100::1", "64:ff9b:1::1", "3fff::1", "4000::1", "5f00::1"})
    void refusesIpv6ThatNotEverybodyReaches(String address) throws UnknownHostException {
        assertThat(isPublic(address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:a9fe:a9fe", "64:ff9b::127.0.0.1",
        "64:ff9b::a9fe:a9fe", "::ffff:168.63.129.16", "64:ff9b::168.63.129.16", "2002:7f00:1::1", "2002:c0a8:1::1",
        "::127.0.0.1"})
    void refusesIpv4InTheClothesOfIpv6(String address) throws UnknownHostException {
        assertThat(isPublic(address)).isFalse();
    }

    /** As the mapped form would come from a library that keeps its 16 bytes; the JDK's own makes four of them. */
    @org.junit.jupiter.api.Test
    void refusesMappedAddressesOfSixteenBytes() {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 127, 0, 0, 1};
        assertThat(AddressRules.isPublic(mapped)).isFalse();
        mapped[12] = 8;
        assertThat(AddressRules.isPublic(mapped)).isTrue();
        assertThat(AddressRules.isPublic(new byte[5])).isFalse();
    }

    /** Decimal, short and padded spellings of loopback and the metadata address: what they resolve to is judged. */
    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "127.1", "127.0.1", "2852039166", "0"})
    void oddSpellingsResolveToWhatTheyAre(String spelling) throws UnknownHostException {
        assertThat(isPublic(spelling)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1",
        "126.255.255.255", "128.0.0.1", "168.63.129.15", "168.63.129.17", "169.253.255.255", "169.255.0.1",
        "172.15.255.255", "172.32.0.1",
        "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1", "223.255.255.255", "2606:4700::1111",
        "2a00:1450::1", "2002:808:808::1", "64:ff9b::8.8.8.8", "2001:4860::8888"})
    void allowsWhatEverybodyReaches(String address) throws UnknownHostException {
        assertThat(isPublic(address)).isTrue();
    }
}
