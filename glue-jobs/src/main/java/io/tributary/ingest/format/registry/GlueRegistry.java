package io.tributary.ingest.format.registry;

import io.tributary.aws.AwsClients;
import io.tributary.aws.RequestLimits;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.GlueClientBuilder;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GetSchemaVersionResponse;

/** The registry of AWS Glue. Its schemas have UUIDs and no references. */
final class GlueRegistry implements SchemaRegistry {

    private static final RequestLimits LIMITS = RequestLimits.ofAttempts(2, Duration.ofSeconds(2));

    private final GlueClient glue;

    GlueRegistry(RegistryOptions options) {
        GlueClientBuilder client = GlueClient.builder();
        Optional.ofNullable(options.config().region()).map(Region::of).ifPresent(client::region);
        Optional.ofNullable(options.config().url()).map(URI::create).ifPresent(client::endpointOverride);
        this.glue = AwsClients.open(client, LIMITS);
    }

    @Override
    public Optional<SchemaText> find(String id) throws IOException {
        try {
            GetSchemaVersionResponse version = glue.getSchemaVersion(request -> request.schemaVersionId(id));
            return Optional.of(new SchemaText(
                    SchemaText.kind(version.dataFormatAsString()), version.schemaDefinition(), Map.of()));
        } catch (EntityNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        glue.close();
    }
}
