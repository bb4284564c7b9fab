package io.tributary.cdk;

import io.tributary.cdk.StageSettings.Alarms;
import io.tributary.cdk.StageSettings.Athena;
import io.tributary.cdk.StageSettings.Audit;
import io.tributary.cdk.StageSettings.Bootstrap;
import io.tributary.cdk.StageSettings.Logs;
import io.tributary.cdk.StageSettings.Merge;
import io.tributary.cdk.StageSettings.Network;
import io.tributary.cdk.StageSettings.Streaming;
import io.tributary.config.KafkaTls;
import io.tributary.config.SecretGrants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of a stage, set by name. */
final class StageSettingsBuilder {

    private String stage;
    private String account;
    private String region;
    private GlueVersion glueVersion;
    private Network network;
    private Bootstrap bootstrap;
    private Optional<String> permissionsBoundary;
    private KafkaTls kafkaTls;
    private SecretGrants secrets;
    private List<String> secretKeys;
    private List<String> mskClusters;
    private List<String> schemaRegistries;
    private Streaming streaming;
    private Merge merge;
    private Audit audit;
    private Athena athena;
    private Logs logs;
    private Alarms alarms;
    private List<String> readers;
    private List<String> trialKafka;
    private boolean keepData;
    private Map<String, String> tags;

    StageSettingsBuilder(StageSettings from) {
        this.stage = from.stage();
        this.account = from.account();
        this.region = from.region();
        this.glueVersion = from.glueVersion();
        this.network = from.network();
        this.bootstrap = from.bootstrap();
        this.permissionsBoundary = from.permissionsBoundary();
        this.kafkaTls = from.kafkaTls();
        this.secrets = from.secrets();
        this.secretKeys = from.secretKeys();
        this.mskClusters = from.mskClusters();
        this.schemaRegistries = from.schemaRegistries();
        this.streaming = from.streaming();
        this.merge = from.merge();
        this.audit = from.audit();
        this.athena = from.athena();
        this.logs = from.logs();
        this.alarms = from.alarms();
        this.readers = from.readers();
        this.trialKafka = from.trialKafka();
        this.keepData = from.keepData();
        this.tags = from.tags();
    }

    StageSettingsBuilder stage(String value) {
        this.stage = value;
        return this;
    }

    StageSettingsBuilder account(String value) {
        this.account = value;
        return this;
    }

    StageSettingsBuilder region(String value) {
        this.region = value;
        return this;
    }

    StageSettingsBuilder glueVersion(GlueVersion value) {
        this.glueVersion = value;
        return this;
    }

    StageSettingsBuilder network(Network value) {
        this.network = value;
        return this;
    }

    StageSettingsBuilder bootstrap(Bootstrap value) {
        this.bootstrap = value;
        return this;
    }

    StageSettingsBuilder permissionsBoundary(Optional<String> value) {
        this.permissionsBoundary = value;
        return this;
    }

    StageSettingsBuilder kafkaTls(KafkaTls value) {
        this.kafkaTls = value;
        return this;
    }

    StageSettingsBuilder secrets(SecretGrants value) {
        this.secrets = value;
        return this;
    }

    StageSettingsBuilder secretKeys(List<String> value) {
        this.secretKeys = value;
        return this;
    }

    StageSettingsBuilder schemaRegistries(List<String> value) {
        this.schemaRegistries = value;
        return this;
    }

    StageSettingsBuilder mskClusters(List<String> value) {
        this.mskClusters = value;
        return this;
    }

    StageSettingsBuilder streaming(Streaming value) {
        this.streaming = value;
        return this;
    }

    StageSettingsBuilder merge(Merge value) {
        this.merge = value;
        return this;
    }

    StageSettingsBuilder audit(Audit value) {
        this.audit = value;
        return this;
    }

    StageSettingsBuilder athena(Athena value) {
        this.athena = value;
        return this;
    }

    StageSettingsBuilder logs(Logs value) {
        this.logs = value;
        return this;
    }

    StageSettingsBuilder alarms(Alarms value) {
        this.alarms = value;
        return this;
    }

    StageSettingsBuilder readers(List<String> value) {
        this.readers = value;
        return this;
    }

    StageSettingsBuilder trialKafka(List<String> value) {
        this.trialKafka = value;
        return this;
    }

    StageSettingsBuilder keepData(boolean value) {
        this.keepData = value;
        return this;
    }

    StageSettingsBuilder tags(Map<String, String> value) {
        this.tags = value;
        return this;
    }

    StageSettings build() {
        return new StageSettings(
                stage,
                account,
                region,
                glueVersion,
                network,
                bootstrap,
                permissionsBoundary,
                kafkaTls,
                secrets,
                secretKeys,
                mskClusters,
                schemaRegistries,
                streaming,
                merge,
                audit,
                athena,
                logs,
                alarms,
                readers,
                trialKafka,
                keepData,
                tags);
    }
}
