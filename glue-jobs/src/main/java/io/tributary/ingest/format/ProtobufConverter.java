package io.tributary.ingest.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Converts messages of Protobuf to Protobuf's own JSON, with the names of the fields as the schema writes them, and with
 * fields that have their default value, where the schema cannot tell whether they were set.
 */
final class ProtobufConverter implements JsonConverter {

    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .preservingProtoFieldNames()
            .alwaysPrintFieldsWithNoPresence()
            .omittingInsignificantWhitespace();

    /** How the bytes before a message say which message of the schema it is. */
    enum MessageIndex {
        /** They say nothing; it is always the same. */
        NONE {
            @Override
            Descriptor read(CodedInputStream in, Descriptor only, List<Descriptor> all, FileDescriptor file) {
                return only;
            }
        },
        /** Confluent's: the way from the file to the message, each step as a number in zigzag encoding. */
        PATH {
            @Override
            Descriptor read(CodedInputStream in, Descriptor only, List<Descriptor> all, FileDescriptor file)
                    throws IOException {
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
            Descriptor read(CodedInputStream in, Descriptor only, List<Descriptor> all, FileDescriptor file)
                    throws IOException {
                return at(all, in.readUInt32());
            }
        };

        abstract Descriptor read(CodedInputStream in, Descriptor only, List<Descriptor> all, FileDescriptor file)
                throws IOException;

        private static Descriptor at(List<Descriptor> messages, int index) throws IOException {
            if (index < 0 || index >= messages.size()) {
                throw new IOException("it names a message that the schema does not have");
            }
            return messages.get(index);
        }
    }

    private final FileDescriptor file;
    private final List<Descriptor> messages;
    private final JsonFormat.Printer printer;
    private final Descriptor only;
    private final MessageIndex index;

    /**
     * @param message full name of the message that all values are, if none says which it is; absent: the schema's first
     * @throws UnusableSchemaException if the file has no such message
     */
    ProtobufConverter(FileDescriptor file, Optional<String> message, MessageIndex index)
            throws UnusableSchemaException {
        this.file = file;
        this.messages = all(file);
        this.printer = PRINTER.usingTypeRegistry(types(file));
        this.index = index;
        this.only = messages.stream()
                .filter(each -> message.map(each.getFullName()::equals).orElse(true))
                .min(Comparator.comparing(each -> message.isPresent() ? 0 : position(each)))
                .orElseThrow(() -> new UnusableSchemaException(
                        message.map(name -> "it has no message " + name).orElse("it has no message"), null));
    }

    private static int position(Descriptor message) {
        return message.getContainingType() == null ? message.getIndex() : Integer.MAX_VALUE;
    }

    /** Those of the file and of all that it imports, for values of any type. */
    private static JsonFormat.TypeRegistry types(FileDescriptor file) {
        JsonFormat.TypeRegistry.Builder types = JsonFormat.TypeRegistry.newBuilder();
        Set<String> seen = new HashSet<>();
        Deque<FileDescriptor> left = new ArrayDeque<>(List.of(file));
        while (!left.isEmpty()) {
            FileDescriptor next = left.poll();
            if (seen.add(next.getFullName())) {
                types.add(next.getMessageTypes());
                left.addAll(next.getDependencies());
            }
        }
        return types.build();
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
        DynamicMessage message = DynamicMessage.parseFrom(index.read(in, only, messages, file), in);
        // A stray end of a group would pass for the end of the message.
        in.checkLastTagWas(0);
        BoundedOutput json = new BoundedOutput(4 * value.length, JsonConverter.maxBytes(value.length - from));
        try (Writer text = new OutputStreamWriter(json, StandardCharsets.UTF_8)) {
            printer.appendTo(message, text);
        } catch (IllegalArgumentException e) {
            throw new IOException("a time, a duration or a number is beyond what JSON can say", e);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(
                    "a value of it cannot be said in JSON, such as an Any of a type that the schema lacks", e);
        }
        return json.bytes();
    }
}
