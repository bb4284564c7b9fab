package io.tributary.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.glue.CfnDatabase;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DatabaseResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.ResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.TableResourceProperty;
import software.constructs.Construct;

/** The catalogue's database, which the merge job fills, and who may read in it where Lake Formation decides that. */
final class CatalogueStack extends StageStack {

    CatalogueStack(Construct scope, StageSettings settings, String database) {
        super(scope, settings, "catalogue", "database of the Glue Data Catalog");
        CfnDatabase made = CfnDatabase.Builder.create(this, "Database")
                .catalogId(settings.account())
                .databaseInput(CfnDatabase.DatabaseInputProperty.builder()
                        .name(database)
                        .description("Tributary's tables and the view that people query, stage " + settings.stage())
                        .locationUri(names().lake())
                        .build())
                .build();
        int number = 0;
        for (String reader : settings.readers()) {
            String id = "Reader" + ++number;
            grant(
                    id + "Database",
                    made,
                    reader,
                    List.of("DESCRIBE"),
                    ResourceProperty.builder()
                            .database(DatabaseResourceProperty.builder()
                                    .catalogId(settings.account())
                                    .name(database)
                                    .build())
                            .build());
            grant(
                    id + "Tables",
                    made,
                    reader,
                    List.of("DESCRIBE", "SELECT"),
                    ResourceProperty.builder()
                            .table(TableResourceProperty.builder()
                                    .catalogId(settings.account())
                                    .databaseName(database)
                                    .tableWildcard(Map.of())
                                    .build())
                            .build());
        }
    }

    private void grant(
            String id, CfnDatabase database, String reader, List<String> permissions, ResourceProperty resource) {
        CfnPrincipalPermissions.Builder.create(this, id)
                .principal(CfnPrincipalPermissions.DataLakePrincipalProperty.builder()
                        .dataLakePrincipalIdentifier(reader)
                        .build())
                .permissions(permissions)
                .permissionsWithGrantOption(List.of())
                .resource(resource)
                .build()
                .getNode()
                .addDependency(database);
    }
}
