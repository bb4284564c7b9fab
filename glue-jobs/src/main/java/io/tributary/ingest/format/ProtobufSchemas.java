package io.tributary.ingest.format;

import com.google.protobuf.AnyProto;
import com.google.protobuf.DescriptorProtos;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DurationProto;
import com.google.protobuf.EmptyProto;
import com.google.protobuf.FieldMaskProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.StructProto;
import com.google.protobuf.TimestampProto;
import com.google.protobuf.WrappersProto;
import com.squareup.wire.schema.CoreLoader;
import com.squareup.wire.schema.ErrorCollector;
import com.squareup.wire.schema.Linker;
import com.squareup.wire.schema.Loader;
import com.squareup.wire.schema.Location;
import com.squareup.wire.schema.ProtoFile;
import com.squareup.wire.schema.Schema;
import com.squareup.wire.schema.internal.SchemaEncoder;
import com.squareup.wire.schema.internal.parser.ProtoParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the text of Protobuf schemas ({@code .proto}) and what it imports. */
final class ProtobufSchemas {

    private static final String ROOT = "tributary/root.proto";

    /** What every compiler of Protobuf has. */
    private static final Map<String, FileDescriptor> OF_PROTOBUF = Stream.of(
                    AnyProto.getDescriptor(),
                    DescriptorProtos.getDescriptor(),
                    DurationProto.getDescriptor(),
                    EmptyProto.getDescriptor(),
                    FieldMaskProto.getDescriptor(),
                    StructProto.getDescriptor(),
                    TimestampProto.getDescriptor(),
                    WrappersProto.getDescriptor())
            .collect(Collectors.toUnmodifiableMap(FileDescriptor::getName, Function.identity()));

    private final Map<String, ProtoFile> files = new HashMap<>();
    private final Map<String, FileDescriptor> known = new HashMap<>(OF_PROTOBUF);

    private ProtobufSchemas() {}

    /**
     * @param imports texts of the files that it imports, and of those that they import, by the name in the import
     * @throws UnusableSchemaException if it cannot be parsed, or a file is missing
     */
    static FileDescriptor parse(String schema, Map<String, String> imports) throws UnusableSchemaException {
        try {
            ProtobufSchemas schemas = new ProtobufSchemas();
            imports.forEach((name, text) -> schemas.files.put(name, file(name, text)));
            ProtoFile root = file(ROOT, schema);
            Schema linked = new Linker(schemas.new Imports(), new ErrorCollector(), true, true).link(List.of(root));
            return schemas.descriptor(linked.protoFile(ROOT), linked);
        } catch (RuntimeException
                | StackOverflowError
                | DescriptorValidationException
                | InvalidProtocolBufferException e) {
            throw new UnusableSchemaException("it is no schema of Protobuf: " + e.getMessage(), e);
        }
    }

    private static ProtoFile file(String name, String text) {
        return ProtoFile.Companion.get(ProtoParser.Companion.parse(Location.get(name), text));
    }

    /** What producers' clients have without registering it. */
    private static Optional<ProtoFile> common(String path) {
        try (InputStream text = ProtobufSchemas.class.getResourceAsStream("protobuf/" + path)) {
            return text == null
                    ? Optional.empty()
                    : Optional.of(file(path, new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(path + " of this package cannot be read", e);
        }
    }

    private FileDescriptor descriptor(ProtoFile file, Schema linked)
            throws DescriptorValidationException, InvalidProtocolBufferException {
        FileDescriptorProto proto = FileDescriptorProto.parseFrom(
                new SchemaEncoder(linked).encode(file).toByteArray());
        FileDescriptor[] imported = new FileDescriptor[proto.getDependencyCount()];
        for (int i = 0; i < imported.length; i++) {
            String name = proto.getDependency(i);
            if (!known.containsKey(name)) {
                known.put(name, descriptor(linked.protoFile(name), linked));
            }
            imported[i] = known.get(name);
        }
        return FileDescriptor.buildFrom(proto, imported);
    }

    private final class Imports implements Loader {

        @Override
        public ProtoFile load(String path) {
            ProtoFile file = files.get(path);
            return file == null ? common(path).orElseGet(() -> CoreLoader.INSTANCE.load(path)) : file;
        }

        @Override
        public Loader withErrors(ErrorCollector errors) {
            return this;
        }
    }
}
