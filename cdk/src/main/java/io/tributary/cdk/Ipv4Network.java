package io.tributary.cdk;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A network of IPv4 addresses, for example {@code 10.1.0.0/16}.
 *
 * @param first its lowest address, as a number
 * @param length how many of the 32 bits all of its addresses share
 */
record Ipv4Network(long first, int length) {

    private static final int BITS = 32;
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String ADDRESS = OCTET + "(\\." + OCTET + "){3}";

    /** How one is written. */
    static final String FORM = ADDRESS + "/(3[0-2]|[12]?\\d)";

    private static final int MIN_PREFIX_LENGTH = 8;
    private static final Ipv4Network LINK_LOCAL = parse("169.254.0.0/16");

    private static final Pattern ONE_ADDRESS = Pattern.compile(ADDRESS);

    /**
     * Reads a network in its {@link #FORM}.
     *
     * @throws IllegalArgumentException for the address of one machine with the length of a network's
     */
    static Ipv4Network parse(String cidr) {
        int slash = cidr.indexOf('/');
        long address = number(cidr.substring(0, slash));
        Ipv4Network network = around(address, Integer.parseInt(cidr.substring(slash + 1)));
        if (network.first != address) {
            throw new IllegalArgumentException(
                    "\"" + cidr + "\" lies in the network " + network + "; write that, or one machine as /32");
        }
        return network;
    }

    /**
     * Rejects networks that are wider than a private one can be, and the link-local addresses, at which a machine gets its
     * credentials.
     */
    void requireNarrow() {
        if (length < MIN_PREFIX_LENGTH) {
            throw new IllegalArgumentException("\"" + this + "\" is wider than a /" + MIN_PREFIX_LENGTH
                    + ", the widest network that is anybody's own; name the networks that are meant");
        }
        if (LINK_LOCAL.equals(around(first, LINK_LOCAL.length))) {
            throw new IllegalArgumentException("\"" + this + "\" is where a machine talks to itself; leave it out");
        }
    }

    /** Whether a text is an address, and no name. */
    static boolean isAddress(String text) {
        return ONE_ADDRESS.matcher(text).matches();
    }

    boolean contains(String address) {
        return around(number(address), length).equals(this);
    }

    private static Ipv4Network around(long address, int length) {
        int free = BITS - length;
        return new Ipv4Network(address >> free << free, length);
    }

    private static long number(String address) {
        long number = 0;
        for (String octet : address.split("\\.", -1)) {
            number = (number << 8) | Integer.parseInt(octet);
        }
        return number;
    }

    @Override
    public String toString() {
        return IntStream.of(24, 16, 8, 0)
                        .mapToObj(shift -> Long.toString((first >> shift) & 0xff))
                        .collect(Collectors.joining("."))
                + "/" + length;
    }
}
