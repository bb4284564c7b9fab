package io.tributary.cdk;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.DatabaseResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.ResourceProperty;
import software.amazon.awscdk.services.lakeformation.CfnPrincipalPermissions.TableResourceProperty;
import software.constructs.Construct;

/** Grants on a database, for catalogs that Lake Formation governs. */
record LakeFormationGrants(Construct scope, String account, String database) {

    /** @param principal ARN of a role or user */
    void reader(String id, String principal, CfnResource after) {
        grant(id + "Database", principal, List.of("DESCRIBE"), onDatabase(), after);
        grant(id + "Tables", principal, List.of("DESCRIBE", "SELECT"), onTables(), after);
    }

    /** @param principal ARN of the role that registers tables and views */
    void publisher(String id, String principal, CfnResource after) {
        grant(id + "Database", principal, List.of("CREATE_TABLE", "DESCRIBE"), onDatabase(), after);
        grant(id + "Tables", principal, List.of("ALTER", "DESCRIBE"), onTables(), after);
    }

    private ResourceProperty onDatabase() {
        return ResourceProperty.builder()
                .database(DatabaseResourceProperty.builder()
                        .catalogId(account)
                        .name(database)
                        .build())
                .build();
    }

    private ResourceProperty onTables() {
        return ResourceProperty.builder()
                .table(TableResourceProperty.builder()
                        .catalogId(account)
                        .databaseName(database)
                        .tableWildcard(Map.of())
                        .build())
                .build();
    }

    private void grant(
            String id, String principal, List<String> permissions, ResourceProperty resource, CfnResource after) {
        CfnPrincipalPermissions.Builder.create(scope, id)
                .principal(CfnPrincipalPermissions.DataLakePrincipalProperty.builder()
                        .dataLakePrincipalIdentifier(principal)
                        .build())
                .permissions(permissions)
                .permissionsWithGrantOption(List.of())
                .resource(resource)
                .build()
                .getNode()
                .addDependency(after);
    }
}
