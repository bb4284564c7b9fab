package io.tributary.lab.chaos;

import io.tributary.lab.process.ChildProcess;
import io.tributary.lab.run.Children;
import io.tributary.lab.run.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** A job that is started again whenever it has ended, as Glue does it, and however it has ended. */
final class RestartingJob {

    private final String name;
    private final Function<Map<String, String>, List<String>> command;
    private final Children children;
    private final Function<String, Path> logs;
    private final Console console;
    private final Map<String, String> properties = new TreeMap<>();
    private final List<Integer> ownEnds = new ArrayList<>();
    private ChildProcess process;
    private int starts;
    private boolean wanted;
    private boolean killed;

    /**
     * @param command what starts it, for system properties of its own
     * @param logs the file for a process's log, by its name; every start has its own
     */
    RestartingJob(
            String name,
            Function<Map<String, String>, List<String>> command,
            Children children,
            Function<String, Path> logs,
            Console console) {
        this.name = name;
        this.command = command;
        this.children = children;
        this.logs = logs;
        this.console = console;
    }

    synchronized void start() {
        wanted = true;
        killed = false;
        starts++;
        Path log = logs.apply(starts == 1 ? name : name + "-start-" + starts);
        process = children.start(name, command.apply(properties), log);
    }

    /** Starts it again if it has ended and is not meant to have. */
    synchronized void lookAfter() {
        if (!wanted || process.isAlive()) {
            return;
        }
        if (!killed) {
            int code = process.exitCode().orElseThrow();
            ownEnds.add(code);
            console.say("        " + name + " ended by itself with exit code " + code + " and is started again");
        }
        start();
    }

    /** Stops it where it is, until its process is thawed. */
    synchronized void freeze() {
        lookAfter();
        process.freeze();
    }

    /** Kills it at once; it is started again. */
    synchronized void kill() {
        killed = true;
        process.killAndWait();
    }

    /** Kills it at once, for good or until {@link #start}. */
    synchronized void end() {
        wanted = false;
        kill();
    }

    /** Kills it; from now on it runs with these system properties beside its own. */
    synchronized void killAndRunWith(Map<String, String> another) {
        properties.clear();
        properties.putAll(another);
        kill();
    }

    String name() {
        return name;
    }

    /** The exit codes with which it ended by itself. */
    synchronized List<Integer> ownEnds() {
        return List.copyOf(ownEnds);
    }

    synchronized ChildProcess process() {
        return process;
    }
}
