package io.tributary.runtime;

import io.tributary.aws.s3.TaggedObjects;
import io.tributary.error.InvalidInputException;
import io.tributary.error.OperatorActionException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Small text files that several people edit, on this machine or on S3. A file is replaced as a whole, and only while it
 * is what was read, so no edit is lost.
 *
 * <pre>
 *  s3:    PUT, If-Match: ETag
 *  file:  lock ─► is it what was read? ─► new file beside it ─► rename
 * </pre>
 */
public final class EditedFiles {

    private final TaggedObjects objects;

    public EditedFiles(Configuration hadoop) {
        this.objects = new TaggedObjects(hadoop);
    }

    /**
     * What a file held.
     *
     * @param tag by which S3 knows this content; empty on this machine, where the content itself is compared
     */
    public record Content(String text, Optional<String> tag) {}

    /**
     * What a file holds; empty if there is none.
     *
     * @throws InvalidInputException if the file cannot be read, or is no text in UTF-8
     */
    public Optional<Content> read(String uri) {
        try {
            return HadoopFiles.isOnS3(uri)
                    ? objects.read(new Path(uri)).map(read -> new Content(read.text(), Optional.of(read.tag())))
                    : text(local(uri)).map(text -> new Content(text, Optional.empty()));
        } catch (CharacterCodingException e) {
            throw new InvalidInputException("The file " + uri + " is not UTF-8. Save it as that.", e);
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The file " + uri + " cannot be read: " + e.getMessage()
                            + ". Name a file that exists and that you may read.",
                    e);
        }
    }

    /**
     * Writes a file, if it is still what was read.
     *
     * @param before what was read; empty if there was no file
     * @return false if somebody else has changed it since; then nothing is written
     */
    public boolean write(String uri, Optional<Content> before, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try {
            return HadoopFiles.isOnS3(uri)
                    ? objects.write(new Path(uri), content, before.flatMap(Content::tag))
                    : replace(local(uri), before, content);
        } catch (IOException e) {
            throw new OperatorActionException(
                    "The file " + uri + " cannot be written: " + e.getMessage() + ". Check that you may write there.",
                    e);
        }
    }

    private static boolean replace(java.nio.file.Path named, Optional<Content> before, byte[] content)
            throws IOException {
        if (before.isEmpty()) {
            return create(named, content);
        }
        // A rename would replace a symbolic link, not the file.
        java.nio.file.Path file = Files.exists(named) ? named.toRealPath() : named;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            // Whoever was second has locked the file that the first has replaced, and finds another text.
            if (lock == null || !isStill(file, before.get())) {
                return false;
            }
            java.nio.file.Path whole = whole(file, content);
            try {
                copyPermissions(file, whole);
                // Hadoop would compare the new content with its checksum of the old one.
                Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return true;
            } finally {
                Files.deleteIfExists(whole);
            }
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            return false;
        }
    }

    private static boolean create(java.nio.file.Path file, byte[] content) throws IOException {
        java.nio.file.Path whole = whole(file, content);
        try {
            Files.createLink(file, whole);
            return true;
        } catch (java.nio.file.FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    private static java.nio.file.Path whole(java.nio.file.Path file, byte[] content) throws IOException {
        return Files.write(file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp"), content);
    }

    private static void copyPermissions(java.nio.file.Path from, java.nio.file.Path to) throws IOException {
        if (Files.getFileStore(from).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }

    private static boolean isStill(java.nio.file.Path file, Content before) throws IOException {
        return text(file).filter(before.text()::equals).isPresent();
    }

    private static Optional<String> text(java.nio.file.Path file) throws IOException {
        try {
            // Strict: it fails where the bytes are no UTF-8.
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static java.nio.file.Path local(String uri) {
        Path path = new Path(uri);
        String scheme = path.toUri().getScheme();
        if (scheme != null && !scheme.equals("file")) {
            throw new InvalidInputException("The file " + uri
                    + " is neither on S3 nor on this machine, so it cannot be changed safely. Edit it by hand.");
        }
        return new File(path.toUri().getPath()).toPath();
    }
}
