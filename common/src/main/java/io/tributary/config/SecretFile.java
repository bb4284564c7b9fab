package io.tributary.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file of this machine that holds one secret. Whatever else a path may lead to is not read. */
final class SecretFile {

    static final int MAX_BYTES = 1 << 20;

    private SecretFile() {}

    /** A file that holds no secret. */
    static final class RefusedException extends IOException {

        /** @param why completes "cannot be resolved, because" */
        private RefusedException(String why) {
            super(why);
        }
    }

    /** @throws RefusedException if it is a device, a pipe or a folder, or larger than {@link #MAX_BYTES} */
    static String read(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new RefusedException("it names no ordinary file");
        }
        try (InputStream file = Files.newInputStream(path)) {
            byte[] content = file.readNBytes(MAX_BYTES + 1);
            if (content.length > MAX_BYTES) {
                throw new RefusedException("the file has more than " + MAX_BYTES + " bytes, which no secret needs");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        }
    }
}
