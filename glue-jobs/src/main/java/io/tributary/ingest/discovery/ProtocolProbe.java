package io.tributary.ingest.discovery;

import io.tributary.config.DataCenter;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds ports that answer in another protocol than Kafka's. Kafka's client takes the first four bytes of an answer as
 * its size and allocates so much memory: 1.2 GB for an answer that begins with {@code HTTP}. So each port is asked for
 * its versions before a client trusts it. A port that does not answer is left to the client.
 */
final class ProtocolProbe {

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolProbe.class);

    private static final int CORRELATION_ID = 1;

    /** The request {@code ApiVersions}, version 0, without a client id: the one that every broker answers. */
    private static final byte[] REQUEST = ByteBuffer.allocate(14)
            .putInt(10)
            .putShort((short) 18)
            .putShort((short) 0)
            .putInt(CORRELATION_ID)
            .putShort((short) -1)
            .array();

    private static final int MAX_ANSWER_BYTES = 1 << 20;

    private ProtocolProbe() {}

    /**
     * The data center's servers without those that answer in another protocol.
     *
     * @param options of its client
     * @param timeout of one connection
     * @throws KafkaException if none is left
     */
    static String serversOf(DataCenter center, Map<?, ?> options, Duration timeout) {
        Object protocol = options.get("security.protocol");
        if (protocol != null && !protocol.toString().endsWith("PLAINTEXT")) {
            return center.bootstrapServers(); // Nothing but TLS passes the handshake.
        }
        List<String> servers = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String server : center.bootstrapServers().split(",", -1)) {
            otherAnswer(server, timeout).ifPresentOrElse(others::add, () -> servers.add(server));
        }
        if (servers.isEmpty()) {
            throw new KafkaException(String.join("; ", others));
        }
        if (!others.isEmpty()) {
            LOG.warn(
                    "ingest[dc={}]: {}. The data center is read through its other servers; correct"
                            + " bootstrap_servers in the data-centers file, or what listens there",
                    center.name(),
                    String.join("; ", others));
        }
        return String.join(",", servers);
    }

    /** What the server says instead of an answer; empty if it speaks Kafka's protocol, or is silent. */
    private static Optional<String> otherAnswer(String server, Duration timeout) {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon).replace("[", "").replace("]", "");
        try (Socket socket = new Socket()) {
            int millis = (int) timeout.toMillis();
            socket.connect(new InetSocketAddress(host, Integer.parseInt(server.substring(colon + 1))), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(REQUEST);
            byte[] beginning = new DataInputStream(socket.getInputStream()).readNBytes(8);
            if (beginning.length < 4) {
                return Optional.empty();
            }
            ByteBuffer answer = ByteBuffer.wrap(beginning);
            int size = answer.getInt();
            boolean isKafka = size >= 4
                    && size <= MAX_ANSWER_BYTES
                    && (answer.remaining() < 4 || answer.getInt() == CORRELATION_ID);
            return isKafka ? Optional.empty() : Optional.of(describe(server, beginning));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String describe(String server, byte[] answer) {
        boolean isTls = answer[0] == 0x15 && answer[1] == 0x03;
        String text = new String(answer, StandardCharsets.US_ASCII);
        boolean isText = text.chars().limit(4).allMatch(letter -> letter >= ' ' && letter <= '~');
        return server
                + (isTls
                        ? " wants TLS; set security.protocol to SSL or SASL_SSL"
                        : " answers in another protocol than Kafka's, with "
                                + (isText
                                        ? "\"" + text.strip() + "\""
                                        : "the bytes "
                                                + HexFormat.ofDelimiter(" ").formatHex(answer))
                                + "; something else listens there");
    }
}
