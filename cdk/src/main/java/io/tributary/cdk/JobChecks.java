package io.tributary.cdk;

import com.fasterxml.jackson.databind.JsonNode;
import io.tributary.cdk.TemplateChecks.Resource;
import java.util.List;

/**
 * Every job runs in the network, encrypted, one run at a time, and has exactly one trigger, or, if it is a stream, exactly
 * one schedule.
 */
final class JobChecks {

    private final List<Resource> all;
    private final List<String> problems;

    JobChecks(List<Resource> all, List<String> problems) {
        this.all = all;
        this.problems = problems;
    }

    void run() {
        all.stream().filter(resource -> resource.is("AWS::Glue::Job")).forEach(this::job);
        all.stream().filter(resource -> resource.is("AWS::Glue::Trigger")).forEach(this::trigger);
        all.stream().filter(resource -> resource.is("AWS::Scheduler::Schedule")).forEach(this::schedule);
    }

    private void job(Resource job) {
        if (job.property("ExecutionProperty").path("MaxConcurrentRuns").asInt(0) != 1) {
            problem(job, "may run twice at once; set MaxConcurrentRuns to 1");
        }
        if (job.property("JobRunQueuingEnabled").asBoolean(false)) {
            problem(job, "queues its runs, so that late ones pile up");
        }
        if (job.property("Connections").path("Connections").isEmpty()) {
            problem(job, "has no connection, so it does not run in the given network");
        }
        if (job.property("SecurityConfiguration").isMissingNode()) {
            problem(job, "writes logs that are not encrypted with the stage's key");
        }
        boolean isStreaming = job.property("Command").path("Name").asText().equals("gluestreaming");
        if (isStreaming != job.property("Timeout").isMissingNode()) {
            problem(
                    job,
                    isStreaming ? "is a stream and would be ended by a timeout" : "may hang for ever; set a timeout");
        }
        if (isStreaming && job.property("MaintenanceWindow").isMissingNode()) {
            problem(job, "is a stream without a maintenance window");
        }
        String name = job.property("Name").asText();
        long triggers = isStreaming ? schedulesOf(name) : triggersOf(name);
        if (triggers != 1) {
            problem(
                    job,
                    "is started by " + triggers + (isStreaming ? " schedules" : " triggers")
                            + "; more than one overlap, and without one it never runs");
        }
    }

    private long triggersOf(String job) {
        return all.stream()
                .filter(resource -> resource.is("AWS::Glue::Trigger"))
                .flatMap(trigger -> trigger.property("Actions").findValues("JobName").stream())
                .filter(started -> started.asText().equals(job))
                .count();
    }

    private long schedulesOf(String job) {
        return all.stream()
                .filter(resource -> resource.is("AWS::Scheduler::Schedule"))
                .filter(schedule ->
                        schedule.property("Target").path("Input").asText().equals("{\"JobName\":\"" + job + "\"}"))
                .count();
    }

    private void schedule(Resource schedule) {
        if (!schedule.property("State").asText().equals("ENABLED")) {
            problem(schedule, "is never switched on");
        }
        if (schedule.property("Target")
                        .path("RetryPolicy")
                        .path("MaximumRetryAttempts")
                        .asInt(1)
                != 0) {
            problem(schedule, "repeats a start that Glue refused, although the next one comes by itself");
        }
    }

    private void trigger(Resource trigger) {
        JsonNode actions = trigger.property("Actions");
        if (!trigger.property("Type").asText().equals("SCHEDULED") || actions.size() != 1) {
            problem(trigger, "is no schedule of one job");
        }
        if (!trigger.property("StartOnCreation").asBoolean(false)) {
            problem(trigger, "is never switched on");
        }
    }

    private void problem(Resource resource, String words) {
        problems.add(resource.words() + " " + words);
    }
}
