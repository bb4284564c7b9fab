package io.tributary.cdk;

import java.util.List;
import software.amazon.awscdk.services.athena.CfnNamedQuery;
import software.amazon.awscdk.services.athena.CfnWorkGroup;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EncryptionConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.EngineVersionProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.ResultConfigurationProperty;
import software.amazon.awscdk.services.athena.CfnWorkGroup.WorkGroupConfigurationProperty;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/** Athena for analysts: a workgroup that limits what a query may scan, saved queries, and the policy to use them. */
final class AthenaStack extends StageStack {

    private static final String ENGINE = "Athena engine version 3";

    /** @param results the key of query results */
    AthenaStack(
            Construct scope, StageSettings settings, String database, List<NamedQuery> queries, Key data, Key results) {
        super(scope, settings, "athena", "workgroup, named queries and the analysts' policy");
        CfnWorkGroup workgroup = CfnWorkGroup.Builder.create(this, "Analysts")
                .name(names().workgroup())
                .description("Queries of Tributary's lake, stage " + settings.stage())
                .recursiveDeleteOption(!settings.keepData())
                .workGroupConfiguration(WorkGroupConfigurationProperty.builder()
                        .enforceWorkGroupConfiguration(true)
                        .publishCloudWatchMetricsEnabled(true)
                        .bytesScannedCutoffPerQuery(settings.athena().scanLimit())
                        .engineVersion(EngineVersionProperty.builder()
                                .selectedEngineVersion(ENGINE)
                                .build())
                        .resultConfiguration(ResultConfigurationProperty.builder()
                                .outputLocation("s3://" + names().resultBucket() + "/queries/")
                                .expectedBucketOwner(settings.account())
                                .encryptionConfiguration(EncryptionConfigurationProperty.builder()
                                        .encryptionOption("SSE_KMS")
                                        .kmsKey(results.getKeyArn())
                                        .build())
                                .build())
                        .build())
                .build();
        for (NamedQuery query : queries) {
            CfnNamedQuery.Builder.create(this, ResourceNames.idOf("Query", query.name()))
                    .name(query.name())
                    .description(query.description())
                    .database(database)
                    .workGroup(names().workgroup())
                    .queryString(query.sql())
                    .build()
                    .getNode()
                    .addDependency(workgroup);
        }
        List<PolicyStatement> statements = statements(database, data.getKeyArn(), results.getKeyArn());
        ManagedPolicy policy = ManagedPolicy.Builder.create(this, "AnalystPolicy")
                .managedPolicyName(names().of("analyst"))
                .description("Lets a role query Tributary's lake, stage " + settings.stage())
                .statements(statements)
                .build();
        AcceptedNagFindings.acceptPatterns(policy, statements);
    }

    private List<PolicyStatement> statements(String database, String data, String results) {
        Permissions permissions = new Permissions(settings(), data);
        return List.of(
                Permissions.statement(
                        "Workgroup",
                        List.of(
                                "athena:GetWorkGroup",
                                "athena:StartQueryExecution",
                                "athena:StopQueryExecution",
                                "athena:GetQueryExecution",
                                "athena:BatchGetQueryExecution",
                                "athena:GetQueryResults",
                                "athena:GetQueryResultsStream",
                                "athena:GetNamedQuery",
                                "athena:BatchGetNamedQuery",
                                "athena:ListNamedQueries",
                                "athena:ListQueryExecutions"),
                        List.of(names().arn("athena", "workgroup/" + names().workgroup()))),
                Permissions.statement(
                        "DataCatalog",
                        List.of(
                                "athena:GetDataCatalog",
                                "athena:GetDatabase",
                                "athena:ListDatabases",
                                "athena:GetTableMetadata",
                                "athena:ListTableMetadata"),
                        List.of(names().arn("athena", "datacatalog/AwsDataCatalog"))),
                Permissions.statement(
                        WildcardJustifications.CONSOLE,
                        List.of("athena:ListWorkGroups", "athena:ListDataCatalogs", "athena:ListEngineVersions"),
                        List.of("*")),
                Permissions.statement(
                        WildcardJustifications.CATALOG_TABLES,
                        List.of(
                                "glue:GetTable",
                                "glue:GetTables",
                                "glue:GetPartition",
                                "glue:GetPartitions",
                                "glue:BatchGetPartition"),
                        List.of(
                                names().arn("glue", "catalog"),
                                names().arn("glue", "database/" + database),
                                names().arn("glue", "table/" + database + "/*"))),
                Permissions.statement(
                        "Databases",
                        List.of("glue:GetDatabase", "glue:GetDatabases"),
                        // Athena's drivers and console look at the default one whatever is asked.
                        List.of(
                                names().arn("glue", "catalog"),
                                names().arn("glue", "database/default"),
                                names().arn("glue", "database/" + database))),
                Permissions.statement(
                        WildcardJustifications.LAKE_OBJECTS,
                        List.of("s3:GetObject"),
                        List.of(ResourceNames.s3(names().lakeBucket() + "/" + ResourceNames.LAKE_PREFIX + "/*"))),
                Permissions.statement(
                        WildcardJustifications.RESULT_OBJECTS,
                        List.of("s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload"),
                        List.of(ResourceNames.s3(names().resultBucket() + "/queries/*"))),
                Permissions.statement(
                        "Buckets",
                        List.of("s3:GetBucketLocation", "s3:ListBucket"),
                        List.of(ResourceNames.s3(names().lakeBucket()), ResourceNames.s3(names().resultBucket()))),
                permissions.through("DataKey", "s3", List.of("kms:Decrypt"), List.of(data)),
                permissions.through(
                        "ResultsKey", "s3", List.of("kms:Decrypt", "kms:GenerateDataKey"), List.of(results)));
    }
}
