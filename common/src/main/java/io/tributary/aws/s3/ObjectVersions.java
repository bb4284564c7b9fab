package io.tributary.aws.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** The versions that a bucket keeps of objects that were replaced or deleted. */
public final class ObjectVersions {

    private static final int NOT_IMPLEMENTED = 501;

    private final Configuration hadoop;

    public ObjectVersions(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /**
     * One version of an object.
     *
     * @param id by which S3 knows it
     * @param isMarker whether it only says that the object was deleted, and holds nothing
     * @param isCurrent whether it is what readers get; false for an earlier one
     */
    public record Version(String id, boolean isMarker, boolean isCurrent, Instant at) {

        /** Whether it holds what readers no longer get. */
        public boolean isEarlier() {
            return !isMarker && !isCurrent;
        }
    }

    /**
     * All versions of one object; of a bucket that keeps none, the object as it is. An endpoint that knows no versions has
     * none to give.
     *
     * @throws IOException if S3 rejects the request or cannot be reached
     */
    public List<Version> of(Path object) throws IOException {
        S3Address at = S3Address.of(object);
        List<Version> versions = new ArrayList<>();
        try {
            for (ListObjectVersionsResponse page : client(at)
                    .listObjectVersionsPaginator(
                            request -> request.bucket(at.bucket()).prefix(at.key()))) {
                page.versions().stream()
                        .filter(version -> version.key().equals(at.key()))
                        .map(version ->
                                new Version(version.versionId(), false, version.isLatest(), version.lastModified()))
                        .forEach(versions::add);
                page.deleteMarkers().stream()
                        .filter(marker -> marker.key().equals(at.key()))
                        .map(marker -> new Version(marker.versionId(), true, marker.isLatest(), marker.lastModified()))
                        .forEach(versions::add);
            }
        } catch (SdkException e) {
            if (S3Failures.isStatus(e, NOT_IMPLEMENTED)) {
                // So answer endpoints other than Amazon's whose buckets keep one version of an object.
                return List.of();
            }
            throw S3Failures.of("listing the versions of the object", "s3:ListBucketVersions", at, e);
        }
        return versions;
    }

    /**
     * Deletes one version for good.
     *
     * @throws IOException if S3 rejects the request or cannot be reached
     */
    public void delete(Path object, Version version) throws IOException {
        S3Address at = S3Address.of(object);
        try {
            client(at)
                    .deleteObject(
                            request -> request.bucket(at.bucket()).key(at.key()).versionId(version.id()));
        } catch (SdkException e) {
            throw S3Failures.of("deleting a version of the object", "s3:DeleteObjectVersion", at, e);
        }
    }

    private S3Client client(S3Address at) throws IOException {
        return S3Clients.of(S3Settings.of(hadoop, at.bucket()));
    }
}
