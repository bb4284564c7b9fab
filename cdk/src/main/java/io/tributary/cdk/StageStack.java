package io.tributary.cdk;

import java.util.Map;
import software.amazon.awscdk.DefaultStackSynthesizer;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PermissionsBoundary;
import software.constructs.Construct;

/** A stack of one stage, in the stage's account and region. */
abstract class StageStack extends Stack {

    private final StageSettings settings;
    private final ResourceNames names;

    StageStack(Construct scope, StageSettings settings, String purpose, String description) {
        this(scope, settings, purpose, description, settings.tags());
    }

    StageStack(Construct scope, StageSettings settings, String purpose, String description, Map<String, String> tags) {
        super(
                scope,
                ResourceNames.of(settings).of(purpose),
                StackProps.builder()
                        .env(Environment.builder()
                                .account(settings.account())
                                .region(settings.region())
                                .build())
                        .stackName(ResourceNames.of(settings).of(purpose))
                        .description("Tributary, stage " + settings.stage() + ": " + description)
                        .tags(tags)
                        .synthesizer(DefaultStackSynthesizer.Builder.create()
                                .qualifier(settings.bootstrap().qualifier())
                                .bucketPrefix(ResourceNames.of(settings).all() + "/")
                                .build())
                        .terminationProtection(settings.keepData())
                        .build());
        this.settings = settings;
        this.names = ResourceNames.of(settings);
        settings.permissionsBoundary().ifPresent(policy -> PermissionsBoundary.of(this)
                .apply(ManagedPolicy.fromManagedPolicyArn(this, "PermissionsBoundary", policy)));
    }

    final StageSettings settings() {
        return settings;
    }

    final ResourceNames names() {
        return names;
    }

    /** For resources that hold data. Those of a first deployment that failed hold none and are deleted. */
    final RemovalPolicy removal() {
        return settings.keepData() ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    }

    /** The condition under which a service may act: on behalf of this account. */
    final Map<String, Object> sourceAccountCondition() {
        return Map.of("StringEquals", Map.of("aws:SourceAccount", settings.account()));
    }
}
