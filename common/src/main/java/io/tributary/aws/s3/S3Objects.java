package io.tributary.aws.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The operations on S3 objects that a log needs: create once, read whole, list in order.
 *
 * <pre>
 *   create ──► PUT, If-None-Match: *, x-amz-meta-tributary-write-id: id
 *                ├─ 200 ──────────────────────────────► created
 *                ├─ 409, 5xx, throttled, lost ─► again, a bounded number of times
 *                └─ 412, or no answer to the last ─► HEAD
 *                      ├─ our id: an earlier try was stored ──► created
 *                      ├─ another, or none ───────────────────► FileAlreadyExistsException
 *                      └─ no object ──────────────────────────► IOException
 * </pre>
 */
final class S3Objects {

    /** The metadata by which a writer recognizes its own object. */
    static final String WRITE_ID = "tributary-write-id";

    private static final Logger LOG = LoggerFactory.getLogger(S3Objects.class);
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_FOUND = 404;

    private final S3Client client;

    /** By the {@code fs.s3a.*} settings of the object's bucket. */
    static S3Objects of(S3Address at, Configuration hadoop) throws IOException {
        return new S3Objects(S3Clients.of(S3Settings.of(hadoop, at.bucket())));
    }

    S3Objects(S3Client client) {
        this.client = client;
    }

    /**
     * Creates the object, if it does not exist.
     *
     * @param writeId identifies this write; unique
     * @throws FileAlreadyExistsException if another write has created the object
     * @throws IOException if S3 rejects the request or cannot be reached any more; the object may still appear later
     */
    void create(S3Address at, byte[] content, String writeId) throws IOException {
        try {
            client.putObject(
                    put(at, content)
                            .ifNoneMatch("*")
                            .metadata(Map.of(WRITE_ID, writeId))
                            .build(),
                    RequestBody.fromBytes(content));
        } catch (SdkException e) {
            settle(at, writeId, e);
        }
    }

    /** Finds out whose object exists after a write that failed or whose outcome is unknown. */
    private void settle(S3Address at, String writeId, SdkException failure) throws IOException {
        boolean taken = S3Failures.isStatus(failure, PRECONDITION_FAILED);
        try {
            String holder = client.headObject(
                            request -> request.bucket(at.bucket()).key(at.key()))
                    .metadata()
                    .getOrDefault(WRITE_ID, "");
            if (!holder.equals(writeId)) {
                throw (FileAlreadyExistsException) new FileAlreadyExistsException(at.toString()).initCause(failure);
            }
            LOG.info("s3[{}]: the object was stored, although the response was lost", at);
        } catch (SdkException e) {
            IOException told = taken
                    ? S3Failures.of("finding out who created the object", "s3:GetObject", at, e)
                    : S3Failures.of("creating the object", "s3:PutObject", at, failure);
            told.addSuppressed(taken ? failure : e);
            throw told;
        }
    }

    /**
     * Replaces the object, if it is still the one that was read.
     *
     * @param tag its ETag when it was read
     * @param writeId identifies this write; unique
     * @return false if it is another object by now, or gone
     * @throws IOException if S3 rejects the request or cannot be reached any more; the object may still appear later
     */
    boolean replace(S3Address at, byte[] content, String tag, String writeId) throws IOException {
        try {
            client.putObject(
                    put(at, content)
                            .ifMatch(tag)
                            .metadata(Map.of(WRITE_ID, writeId))
                            .build(),
                    RequestBody.fromBytes(content));
            return true;
        } catch (SdkException e) {
            return isOurs(at, writeId, e);
        }
    }

    private boolean isOurs(S3Address at, String writeId, SdkException failure) throws IOException {
        boolean isAnother =
                S3Failures.isStatus(failure, PRECONDITION_FAILED) || S3Failures.isStatus(failure, NOT_FOUND);
        try {
            String holder = client.headObject(
                            request -> request.bucket(at.bucket()).key(at.key()))
                    .metadata()
                    .getOrDefault(WRITE_ID, "");
            if (holder.equals(writeId)) {
                return true;
            }
        } catch (SdkException e) {
            failure.addSuppressed(e);
        }
        if (isAnother) {
            return false;
        }
        throw S3Failures.of("replacing the object", "s3:PutObject", at, failure);
    }

    /** Writes the object and replaces any earlier one. */
    void replace(S3Address at, byte[] content) throws IOException {
        try {
            client.putObject(put(at, content).build(), RequestBody.fromBytes(content));
        } catch (SdkException e) {
            throw S3Failures.of("writing the object", "s3:PutObject", at, e);
        }
    }

    /** @throws java.io.FileNotFoundException if there is no such object */
    ResponseBytes<GetObjectResponse> read(S3Address at) throws IOException {
        try {
            return client.getObject(
                    request -> request.bucket(at.bucket()).key(at.key()), ResponseTransformer.toBytes());
        } catch (SdkException e) {
            throw S3Failures.of("reading the object", "s3:GetObject", at, e);
        }
    }

    /**
     * When the object was written, in whole seconds.
     *
     * @throws java.io.FileNotFoundException if there is no such object
     */
    Instant modified(S3Address at) throws IOException {
        try {
            return client.headObject(request -> request.bucket(at.bucket()).key(at.key()))
                    .lastModified();
        } catch (SdkException e) {
            throw S3Failures.of("looking at the object", "s3:GetObject", at, e);
        }
    }

    /**
     * An entry of a listing.
     *
     * @param key of an object, or of a directory, which ends with a slash
     * @param modified for a directory the epoch, since S3 keeps no time for it
     */
    record Listed(String key, long size, Instant modified) {

        boolean isDirectory() {
            return key.endsWith("/");
        }

        private static Stream<Listed> of(ListObjectsV2Response page) {
            return Stream.concat(
                            page.contents().stream()
                                    .map(object -> new Listed(object.key(), object.size(), object.lastModified())),
                            page.commonPrefixes().stream()
                                    .map(directory -> new Listed(directory.prefix(), 0, Instant.EPOCH)))
                    .sorted(Comparator.comparing(Listed::key));
        }
    }

    /**
     * The objects and directories in the directory of {@code from} whose keys are not below its key, in order. A page
     * is fetched when it is reached. Failures, here and in the iterator, are the SDK's.
     */
    Iterator<Listed> listFrom(S3Address from) {
        return client
                .listObjectsV2Paginator(
                        siblings(from).startAfter(keyBefore(from.key())).build())
                .stream()
                .flatMap(Listed::of)
                .filter(listed -> listed.key().compareTo(from.key()) >= 0)
                .iterator();
    }

    /** True if the directory of {@code address} contains anything, or a marker of the directory exists. */
    boolean hasParent(S3Address address) {
        return client.listObjectsV2(siblings(address).maxKeys(1).build()).keyCount() > 0;
    }

    private static ListObjectsV2Request.Builder siblings(S3Address address) {
        return ListObjectsV2Request.builder()
                .bucket(address.bucket())
                .prefix(address.parentPrefix())
                .delimiter("/");
    }

    /**
     * A key just before the given one, since S3 lists what comes after a key, and a log is listed from a key on. To
     * list a whole directory, callers begin at its first possible name, a zero character, which XML could not return.
     */
    private static String keyBefore(String key) {
        int last = key.length() - 1;
        return key.charAt(last) == 0 ? key.substring(0, last) : key.substring(0, last) + (char) (key.charAt(last) - 1);
    }

    private static PutObjectRequest.Builder put(S3Address at, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array();
        return PutObjectRequest.builder()
                .bucket(at.bucket())
                .key(at.key())
                .checksumCRC32(Base64.getEncoder().encodeToString(bytes));
    }
}
