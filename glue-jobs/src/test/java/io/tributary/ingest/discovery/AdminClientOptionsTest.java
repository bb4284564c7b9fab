package io.tributary.ingest.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.config.DataCenter;
import io.tributary.config.DataCenters;
import io.tributary.config.Secrets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.IsolationLevel;
import org.junit.jupiter.api.Test;

class AdminClientOptionsTest {

    private static final Secrets SECRETS = Secrets.ofThisProcess(name -> "");

    @Test
    void aLongRequestTimeoutOfTheEntryOpensAClient() {
        Properties settings = settings("request.timeout.ms: 30000");

        assertThat(settings)
                .containsEntry("request.timeout.ms", "30000")
                .containsEntry("default.api.timeout.ms", "30000");
        Admin.create(settings).close(Duration.ZERO);
    }

    @Test
    void whatTheEntrySaysGoesBeforeOurDefaults() {
        assertThat(settings("default.api.timeout.ms: 60000"))
                .containsAllEntriesOf(Map.of("default.api.timeout.ms", "60000", "request.timeout.ms", "2000"));
    }

    @Test
    void onlyWhatIsCommittedIsReadUnlessTheEntrySaysOtherwise() {
        assertThat(AdminClientOptions.isolation(center(""))).isEqualTo(IsolationLevel.READ_COMMITTED);
        assertThat(AdminClientOptions.isolation(center("isolation.level: read_uncommitted")))
                .isEqualTo(IsolationLevel.READ_UNCOMMITTED);
    }

    private static Properties settings(String kafka) {
        return AdminClientOptions.of(center(kafka), SECRETS, Duration.ofSeconds(3));
    }

    private static DataCenter center(String kafka) {
        String yaml = "data_centers: [{name: fra, bootstrap_servers: \"127.0.0.1:1\", topics: [e], kafka: {%s}}]";
        return DataCenters.parse(yaml.formatted(kafka), "data-centers.yaml")
                .all()
                .get(0);
    }
}
