package io.tributary.packages;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What a class file links to: names of classes, and descriptors of what is called, without the texts that it holds. */
final class ClassReferences {

    private static final int TEXT = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;

    private ClassReferences() {}

    /** One to a line. */
    static String of(byte[] classFile) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            in.skipNBytes(2L * Integer.BYTES);
            int constants = in.readUnsignedShort();
            String[] texts = new String[constants];
            List<Integer> referred = new ArrayList<>();
            for (int i = 1; i < constants; i++) {
                int kind = in.readUnsignedByte();
                switch (kind) {
                    case TEXT -> texts[i] = in.readUTF();
                    case INTEGER, FLOAT -> in.skipNBytes(Integer.BYTES);
                    case LONG, DOUBLE -> {
                        in.skipNBytes(Long.BYTES);
                        // It takes two places.
                        i++;
                    }
                    case CLASS, METHOD_TYPE -> referred.add(in.readUnsignedShort());
                    case NAME_AND_TYPE -> {
                        in.skipNBytes(Short.BYTES);
                        referred.add(in.readUnsignedShort());
                    }
                    case METHOD_HANDLE -> in.skipNBytes(1L + Short.BYTES);
                    // A string, a module or a package has one index, any other two.
                    default -> in.skipNBytes(kind == 8 || kind == 19 || kind == 20 ? Short.BYTES : 2L * Short.BYTES);
                }
            }
            StringBuilder all = new StringBuilder();
            referred.forEach(index -> all.append(texts[index]).append('\n'));
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("no class file", e);
        }
    }
}
