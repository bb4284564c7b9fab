package io.tributary.cdk;

import io.tributary.cdk.TemplateChecks.Resource;
import java.util.List;

/** Every alarm goes to a topic whose policy allows CloudWatch to publish; the policy that denies HTTP does not. */
final class AlarmChecks {

    private final List<Resource> all;
    private final List<String> problems;

    AlarmChecks(List<Resource> all, List<String> problems) {
        this.all = all;
        this.problems = problems;
    }

    void run() {
        all.stream().filter(resource -> resource.is("AWS::CloudWatch::Alarm")).forEach(this::alarm);
    }

    private void alarm(Resource alarm) {
        List<String> topics = alarm.property("AlarmActions").findValuesAsText("Ref");
        if (topics.isEmpty() || !topics.stream().allMatch(topic -> isOpen(alarm.stack(), topic))) {
            problems.add(
                    alarm.words() + " reaches nobody: it has no topic, or one that does not let CloudWatch publish");
        }
    }

    private boolean isOpen(String stack, String topic) {
        return all.stream()
                .filter(policy ->
                        policy.is("AWS::SNS::TopicPolicy") && policy.stack().equals(stack))
                .filter(policy ->
                        policy.property("Topics").findValuesAsText("Ref").contains(topic))
                .anyMatch(AlarmChecks::letsAlarmsIn);
    }

    private static boolean letsAlarmsIn(Resource policy) {
        return policy.statements()
                .anyMatch(statement -> statement.path("Effect").asText().equals("Allow")
                        && statement.path("Action").asText().equals("sns:Publish")
                        && statement.at("/Principal/Service").asText().equals(MonitoringStack.CLOUDWATCH));
    }
}
