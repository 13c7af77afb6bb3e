package dev.sluice.s3;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** The SDK's exceptions in our words. */
final class S3Failures {
    private final S3Config config;

    S3Failures(S3Config config) {
        this.config = config;
    }

    FailureException of(SdkException cause, S3Uri uri) {
        return new FailureException(failure(cause, uri), cause);
    }

    private Failure failure(SdkException cause, S3Uri uri) {
        if (cause instanceof AwsServiceException answer) {
            return answered(answer, uri);
        }
        if (cause instanceof AbortedException) {
            return cancelled();
        }
        var message = String.valueOf(cause.getMessage());
        if (message.contains("Unable to load credentials")) {
            return new Failure.Forbidden(
                    "Nothing is known to ask for '" + uri + "' with: set s3.access-key-id and s3.secret-access-key",
                    Optional.empty());
        }
        if (message.contains("Unable to load region")) {
            return invalid("The region of '" + uri + "' is not known: set s3.region");
        }
        return new Failure.Unavailable("S3 at " + place() + " does not answer for '" + uri + "': " + reason(cause));
    }

    static Failure cancelled() {
        return new Failure.Cancelled(Code.CANCELLED, "A transfer of S3 was cancelled");
    }

    private Failure answered(AwsServiceException answer, S3Uri uri) {
        var details = Optional.ofNullable(answer.awsErrorDetails());
        var code = details.map(each -> each.errorCode()).orElse("");
        return switch (answer.statusCode()) {
            case 404 -> missing(code, uri);
            case 401, 403 ->
                new Failure.Forbidden(
                        "S3 refuses '" + uri + "'" + (code.isEmpty() ? "" : " (" + code + ")")
                                + ": may s3.access-key-id read it, and is s3.secret-access-key right?",
                        Optional.empty());
            case 301, 307 -> invalid("'" + uri + "' is in another region: set s3.region");
            case 412 -> new Failure.Conflict("'" + uri + "' has changed while it was read");
            case 416 -> new Failure.Conflict("'" + uri + "' has become shorter while it was read");
            default ->
                answer.statusCode() >= 500 || answer.statusCode() == 429
                        ? new Failure.Unavailable("S3 at " + place() + " fails for '" + uri + "': HTTP status "
                                + answer.statusCode() + (code.isEmpty() ? "" : ", " + code))
                        : invalid("S3 cannot give '" + uri + "': HTTP status " + answer.statusCode()
                                + details.map(each -> ", " + each.errorCode() + ": " + each.errorMessage())
                                        .orElse(""));
        };
    }

    /** What is not there: an object, or its bucket. */
    static Failure missing(String code, S3Uri uri) {
        return new Failure.NotFound(
                Code.FILE_NOT_FOUND,
                code.equals("NoSuchBucket")
                        ? "There is no bucket '" + uri.bucket() + "': '" + uri + "' cannot be read"
                        : "There is no object '" + uri + "'",
                Optional.empty());
    }

    private static Failure invalid(String message) {
        return new Failure.Invalid(Code.INVALID_VALUE, message, Optional.empty());
    }

    private String place() {
        return config.endpoint().map(Object::toString).orElse("Amazon");
    }

    private static String reason(Throwable cause) {
        var root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
    }
}
