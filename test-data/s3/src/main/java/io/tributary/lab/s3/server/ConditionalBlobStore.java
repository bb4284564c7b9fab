package io.tributary.lab.s3.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Replaces an object by a PUT with {@code If-Match} in one step, as S3 does. The store below it does not look at that
 * header; the server in front of it looks first and writes then, so of two at once both would win.
 */
final class ConditionalBlobStore extends ForwardingBlobStore {

    private static final int PRECONDITION_FAILED = 412;

    ConditionalBlobStore(BlobStore objects) {
        super(objects);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        if (request.ifMatch() == null) {
            return super.putBlob(request, content);
        }
        byte[] whole = readWhole(content);
        synchronized (this) {
            HeadObjectResponse now = blobMetadata(request.bucket(), request.key());
            if (now == null || !bare(now.eTag()).equals(bare(request.ifMatch()))) {
                throw S3Exceptions.fromStatusCode(PRECONDITION_FAILED);
            }
            return super.putBlob(request, new ByteArrayInputStream(whole));
        }
    }

    /** Before the decision: a client that is refused while it still sends finds its connection closed, and no answer. */
    private static byte[] readWhole(InputStream content) {
        try {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("The object to be stored cannot be received", e);
        }
    }

    private static String bare(String tag) {
        return tag.replace("\"", "");
    }
}
