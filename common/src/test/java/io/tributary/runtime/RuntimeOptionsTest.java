package io.tributary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.cli.ArgumentReader;
import io.tributary.error.InvalidInputException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

class RuntimeOptionsTest {

    private static final String PROPERTY = SdkSystemSetting.AWS_REGION.property();

    private final Optional<String> before = Optional.ofNullable(System.getProperty(PROPERTY));

    @AfterEach
    void putBack() {
        System.clearProperty(PROPERTY);
        before.ifPresent(region -> System.setProperty(PROPERTY, region));
    }

    @Test
    void theRegionOfAJobIsThatOfAllWhoAskAwsWithoutNamingOne() {
        RuntimeOptions choice = new RuntimeOptions(RuntimeKind.GLUE, Optional.of("eu-west-3"), Map.of());

        assertThatThrownBy(() -> choice.open("test", 1)).hasMessageContaining("not a job run of AWS Glue");

        assertThat(new DefaultAwsRegionProviderChain().getRegion()).isEqualTo(Region.EU_WEST_3);
    }

    @Test
    void whatIsNoRegionIsRefused() {
        ArgumentReader reader = new ArgumentReader("--region", "Frankfurt");

        assertThat(RuntimeOptions.read(reader)).isEqualTo(RuntimeOptions.LOCAL);

        assertThatThrownBy(reader::finish)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--region \"Frankfurt\": is not an AWS region; write one like eu-central-1");
    }
}
