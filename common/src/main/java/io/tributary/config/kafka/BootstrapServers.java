package io.tributary.config.kafka;

import io.tributary.config.yaml.Quoted;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rule for a list of Kafka brokers: {@code host:port}, separated by commas. */
public final class BootstrapServers {

    private static final Pattern SERVER =
            Pattern.compile("(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.%]+])" + ":(\\d{1,5})");

    private static final int HIGHEST_PORT = 65_535;

    private BootstrapServers() {}

    /** The list without the spaces around its entries. */
    public static String require(String servers) {
        return Arrays.stream(servers.split(",", -1))
                .map(server -> requireServer(servers, server.strip()))
                .collect(Collectors.joining(","));
    }

    private static String requireServer(String servers, String server) {
        Matcher parts = SERVER.matcher(server);
        if (!parts.matches()
                || Integer.parseInt(parts.group(1)) > HIGHEST_PORT
                || parts.group(1).matches("0+")) {
            throw new IllegalArgumentException(Quoted.of(servers) + " is not a list of brokers, because of "
                    + Quoted.of(server) + "; write host:port, separated by commas, for example"
                    + " kafka1:9092,kafka2:9092");
        }
        return server;
    }
}
