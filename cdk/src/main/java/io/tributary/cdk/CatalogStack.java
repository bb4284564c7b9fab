package io.tributary.cdk;

import software.amazon.awscdk.services.glue.CfnDatabase;
import software.constructs.Construct;

/** The database in the Glue Data Catalog, which the merge job fills, and its read grants where Lake Formation governs it. */
final class CatalogStack extends StageStack {

    CatalogStack(Construct scope, StageSettings settings, String database) {
        super(scope, settings, "catalog", "database of the Glue Data Catalog");
        CfnDatabase made = CfnDatabase.Builder.create(this, "Database")
                .catalogId(settings.account())
                .databaseInput(CfnDatabase.DatabaseInputProperty.builder()
                        .name(database)
                        .description("Tributary's tables and the view that people query, stage " + settings.stage())
                        .locationUri(names().lake())
                        .build())
                .build();
        LakeFormationGrants grants = new LakeFormationGrants(this, settings.account(), database);
        settings.readers().forEach(reader -> grants.reader(ResourceNames.idOf("Reader", reader), reader, made));
    }
}
