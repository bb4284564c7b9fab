package io.tributary.aws.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Objects that are changed only as what they were read as, by a PUT with {@code If-Match} or {@code If-None-Match}. */
public final class TaggedObjects {

    private final Configuration hadoop;

    public TaggedObjects(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /** @param tag its ETag */
    public record Tagged(String text, String tag) {}

    /**
     * The object; empty if there is none.
     *
     * @throws java.nio.charset.CharacterCodingException if it is no text in UTF-8
     */
    public Optional<Tagged> read(Path path) throws IOException {
        S3Address at = S3Address.of(path);
        try {
            ResponseBytes<GetObjectResponse> read = S3Objects.of(at, hadoop).read(at);
            return Optional.of(new Tagged(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(read.asByteBuffer())
                            .toString(),
                    read.response().eTag()));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes the object, if it is still what was read.
     *
     * @param tag when it was read; empty if there was none
     * @return false if somebody else has written or removed it since
     */
    public boolean write(Path path, byte[] content, Optional<String> tag) throws IOException {
        S3Address at = S3Address.of(path);
        String writeId = UUID.randomUUID().toString();
        if (tag.isPresent()) {
            return S3Objects.of(at, hadoop).replace(at, content, tag.get(), writeId);
        }
        try {
            S3Objects.of(at, hadoop).create(at, content, writeId);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }
}
