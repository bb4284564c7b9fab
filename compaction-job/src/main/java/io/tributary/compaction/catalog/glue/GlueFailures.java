package io.tributary.compaction.catalog.glue;

import io.tributary.compaction.catalog.ConcurrentCatalogUpdateException;
import io.tributary.error.OperatorActionException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.glue.model.AccessDeniedException;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.VersionMismatchException;

/** Translates failures of Glue: what was attempted, why it failed, and what to do. */
final class GlueFailures {

    private GlueFailures() {}

    /**
     * Makes one request.
     *
     * @param attempt what is attempted, as in "… failed"
     * @param permission the IAM action that it needs
     */
    static <T> T ask(String attempt, String permission, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw of(attempt, permission, e);
        }
    }

    /** Makes a request that depends on the planned state. */
    static <T> T change(String attempt, String permission, Supplier<T> request)
            throws ConcurrentCatalogUpdateException {
        try {
            return request.get();
        } catch (AlreadyExistsException
                | EntityNotFoundException
                | ConcurrentModificationException
                | VersionMismatchException e) {
            throw new ConcurrentCatalogUpdateException(attempt + " met " + describe(e), e);
        } catch (SdkException e) {
            throw of(attempt, permission, e);
        }
    }

    static OperatorActionException of(String attempt, String permission, SdkException failure) {
        return new OperatorActionException("Glue: " + attempt + " failed: " + reason(permission, failure), failure);
    }

    private static String reason(String permission, SdkException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "access was denied (" + describe(denied) + "). The job's role needs " + permission
                    + " on the catalog, the database and its tables: grant it in IAM, and in Lake Formation if that"
                    + " governs the database.";
        }
        if (failure instanceof AwsServiceException rejected && rejected.isThrottlingException()) {
            return "Glue throttled the job (" + describe(rejected) + "), after " + rejected.numAttempts()
                    + " attempts. If this continues, have the account's quota of Glue requests raised.";
        }
        if (failure instanceof AwsServiceException rejected) {
            return describe(rejected) + ".";
        }
        return failure.getMessage() + ". Check that the job has credentials and reaches Glue, through a VPC endpoint if"
                + " its network has no other way.";
    }

    private static String describe(AwsServiceException rejected) {
        return rejected.awsErrorDetails().errorCode() + ": "
                + rejected.awsErrorDetails().errorMessage();
    }
}
