package io.tributary.aws.s3;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Translates failures of S3 into the exceptions that Delta expects. The message says what was attempted, why it failed,
 * and what to do.
 */
public final class S3Failures {

    /** What the AWS SDK throws when S3 cannot be reached or returns an error. */
    public static final Class<? extends Throwable> SDK_EXCEPTION = SdkException.class;

    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private S3Failures() {}

    /**
     * @param attempt what was attempted, as in "The object … could not be …"
     * @param permission the IAM action that it needs
     */
    static IOException of(String attempt, String permission, S3Address at, SdkException failure) {
        if (failure instanceof AbortedException) {
            InterruptedIOException interrupted = new InterruptedIOException(at + ": " + attempt + " was interrupted");
            interrupted.initCause(failure);
            return interrupted;
        }
        if (code(failure).equals("NoSuchBucket")) {
            return new IOException(
                    at + ": " + attempt + " failed, because the bucket " + at.bucket()
                            + " does not exist. Create it, or correct the place of the lake.",
                    failure);
        }
        if (isStatus(failure, NOT_FOUND)) {
            FileNotFoundException notFound = new FileNotFoundException(at + " does not exist");
            notFound.initCause(failure);
            return notFound;
        }
        if (isStatus(failure, FORBIDDEN)) {
            return denied(attempt, permission, at, failure);
        }
        return new IOException(
                at + ": " + attempt + " failed: " + failure.getMessage()
                        + ". Check that the endpoint is reachable and that the job has credentials.",
                failure);
    }

    static boolean isStatus(SdkException failure, int status) {
        return failure instanceof S3Exception refused && refused.statusCode() == status;
    }

    private static IOException denied(String attempt, String permission, S3Address at, SdkException refused) {
        String resource = permission.equals("s3:ListBucket") ? at.bucket() : at.bucket() + "/" + at.key();
        AccessDeniedException denied = new AccessDeniedException(
                at.toString(),
                null,
                (attempt + " was refused by S3 (403 " + code(refused)).strip()
                        + "). The credentials in use need the permission "
                        + permission + " on arn:aws:s3:::" + resource
                        + ": grant it to the job's role, in its IAM policy and in the bucket's, and the use of the"
                        + " bucket's KMS key if it has one");
        denied.initCause(refused);
        return denied;
    }

    private static String code(SdkException failure) {
        return failure instanceof S3Exception refused
                        && refused.awsErrorDetails() != null
                        && refused.awsErrorDetails().errorCode() != null
                ? refused.awsErrorDetails().errorCode()
                : "";
    }
}
