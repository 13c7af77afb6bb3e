package dev.sluice.s3;

import com.google.errorprone.annotations.MustBeClosed;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Makes the SDK's client. */
final class S3Clients {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private S3Clients() {}

    @MustBeClosed
    static S3Client open(S3Config config) {
        var builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE))
                .forcePathStyle(config.addressing() == S3Config.Addressing.PATH);
        config.endpoint().ifPresent(endpoint -> {
            builder.endpointOverride(endpoint);
            // a server that is not Amazon's has no regions, but a signature names one
            builder.region(Region.US_EAST_1);
        });
        config.region().map(Region::of).ifPresent(builder::region);
        config.keys()
                .map(S3Clients::credentials)
                .map(StaticCredentialsProvider::create)
                .ifPresent(builder::credentialsProvider);
        return builder.build();
    }

    private static AwsCredentials credentials(S3Config.Keys keys) {
        return keys.sessionToken()
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(keys.id(), keys.secret(), token))
                .orElseGet(() -> AwsBasicCredentials.create(keys.id(), keys.secret()));
    }
}
