package io.tributary.ingest.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Converts messages of Protobuf to Protobuf's own JSON, with the names of the fields as the schema writes them, and with
 * fields that have their default value, where the schema cannot tell whether they were set.
 */
final class ProtobufConverter implements JsonConverter {

    private static final JsonFormat.Printer JSON = JsonFormat.printer()
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();

    /** How the bytes before a message say which message of the schema it is. */
    enum MessageIndex {
        /** They say nothing; it is always the same. */
        NONE {
            @Override
            Descriptor read(CodedInputStream in, Descriptor only, FileDescriptor file) {
                return only;
            }
        },
        /** Confluent's: the way from the file to the message, each step as a number in zigzag encoding. */
        PATH {
            @Override
            Descriptor read(CodedInputStream in, Descriptor only, FileDescriptor file) throws IOException {
                int steps = in.readSInt32();
                if (steps == 0) {
                    return only;
                }
                List<Descriptor> level = file.getMessageTypes();
                Descriptor found = null;
                for (int i = 0; i < steps; i++) {
                    found = at(level, in.readSInt32());
                    level = found.getNestedTypes();
                }
                if (found == null) {
                    throw new IOException("it names no message of the schema");
                }
                return found;
            }
        },
        /** That of AWS Glue: the place among the names of all messages in order. */
        SORTED {
            @Override
            Descriptor read(CodedInputStream in, Descriptor only, FileDescriptor file) throws IOException {
                return at(all(file), in.readUInt32());
            }
        };

        abstract Descriptor read(CodedInputStream in, Descriptor only, FileDescriptor file) throws IOException;

        private static Descriptor at(List<Descriptor> messages, int index) throws IOException {
            if (index < 0 || index >= messages.size()) {
                throw new IOException("it names a message that the schema does not have");
            }
            return messages.get(index);
        }
    }

    private final FileDescriptor file;
    private final Descriptor only;
    private final MessageIndex index;

    /**
     * @param message full name of the message that all values are, if none says which it is; absent: the schema's first
     * @throws UnusableSchemaException if the file has no such message
     */
    ProtobufConverter(FileDescriptor file, Optional<String> message, MessageIndex index)
            throws UnusableSchemaException {
        this.file = file;
        this.index = index;
        this.only = all(file).stream()
                .filter(each -> message.map(each.getFullName()::equals).orElse(true))
                .min(Comparator.comparing(each -> message.isPresent() ? 0 : position(each)))
                .orElseThrow(() -> new UnusableSchemaException(
                        message.map(name -> "it has no message " + name).orElse("it has no message"), null));
    }

    private static int position(Descriptor message) {
        return message.getContainingType() == null ? message.getIndex() : Integer.MAX_VALUE;
    }

    /** Sorted by name. */
    private static List<Descriptor> all(FileDescriptor file) {
        Deque<Descriptor> left = new ArrayDeque<>(file.getMessageTypes());
        Stream.Builder<Descriptor> all = Stream.builder();
        while (!left.isEmpty()) {
            Descriptor next = left.poll();
            all.add(next);
            left.addAll(next.getNestedTypes());
        }
        return all.build().sorted(Comparator.comparing(Descriptor::getFullName)).toList();
    }

    @Override
    public byte[] convert(byte[] value, int from) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(value, from, value.length - from);
        DynamicMessage message = DynamicMessage.parseFrom(index.read(in, only, file), in);
        byte[] json = print(message).getBytes(StandardCharsets.UTF_8);
        if (json.length > MAX_JSON_BYTES) {
            throw new IOException("it is more than " + (MAX_JSON_BYTES >> 20) + " MiB of JSON");
        }
        return json;
    }

    private static String print(DynamicMessage message) throws IOException {
        try {
            return JSON.print(message);
        } catch (IllegalArgumentException e) {
            throw new IOException("a time or a duration is beyond what can be said", e);
        }
    }
}
