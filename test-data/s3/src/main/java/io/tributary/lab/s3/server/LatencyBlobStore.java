package io.tributary.lab.s3.server;

import java.io.InputStream;
import java.time.Duration;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Objects as far away as S3 is: each request takes its time before it is served. */
final class LatencyBlobStore extends ForwardingBlobStore {

    private final Duration latency;

    LatencyBlobStore(BlobStore objects, Duration latency) {
        super(objects);
        this.latency = latency;
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        travel();
        return super.putBlob(request, content);
    }

    @Override
    public HeadObjectResponse blobMetadata(HeadObjectRequest request) {
        travel();
        return super.blobMetadata(request);
    }

    @Override
    public ResponseInputStream<GetObjectResponse> getBlob(GetObjectRequest request) {
        travel();
        return super.getBlob(request);
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        travel();
        return super.list(request);
    }

    private void travel() {
        try {
            Thread.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The server is being stopped", e);
        }
    }
}
