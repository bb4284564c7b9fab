package io.tributary.lab.chaos;

import java.util.List;
import java.util.function.Consumer;

/** Edits of the data-centers file while everything runs. */
final class DataCentersFileFaults {

    /** Cut off, of another kind, with a misspelt key, empty. */
    private static final List<String> MISTAKES = List.of(
            "data_centers:\n  - name: \"dc",
            "data_centres: []\n",
            "data_centers:\n  - {name: dc1, bootstrap_server: \"127.0.0.1:1\", topics: [events]}\n",
            "");

    private final FaultTargets targets;
    private final String newcomer;
    private final Consumer<String> sendThrough;
    private final Consumer<Fault> hostile;
    private boolean isThere;

    /**
     * @param newcomer the data center that is added the first time
     * @param sendThrough begins to send through it, once its cluster is up
     * @param hostile begins to send hostile records through the data center of a fault
     */
    DataCentersFileFaults(
            FaultTargets targets, String newcomer, Consumer<String> sendThrough, Consumer<Fault> hostile) {
        this.targets = targets;
        this.newcomer = newcomer;
        this.sendThrough = sendThrough;
        this.hostile = hostile;
    }

    /** Another load than those of the rounds before, through a data center that goes on sending good records. */
    void sendHostile(Fault fault) {
        hostile.accept(fault);
        targets.say(fault.dataCenter() + " sends hostile records");
    }

    /** One of two topics is not there. */
    void nameMissingTopic(Fault fault) {
        targets.members().addTopic(fault.dataCenter(), "missing-" + fault.round());
        targets.say(fault.dataCenter() + " has a second topic, which is missing");
        targets.pause(fault.lasts());
        targets.members().removeTopic(fault.dataCenter());
        targets.say("the missing topic is taken out");
    }

    /** The streaming job is started while the file cannot be used. */
    void spoilFile(Fault fault) {
        targets.members().corrupt(MISTAKES.get(fault.oneOf(MISTAKES.size())));
        targets.drivers().ingest().kill();
        targets.say("the data-centers file is faulted and the streaming job killed");
        targets.pause(fault.lasts());
        targets.members().write();
        targets.say("the file is in order");
    }

    /** One is paused and resumed, another removed and put back, and the first time a new one is added. */
    void edit(Fault fault) {
        if (!isThere) {
            isThere = true;
            targets.clusters().start(newcomer);
            sendThrough.accept(newcomer);
            targets.members().add(List.of(newcomer));
            targets.say(newcomer + " is added");
        }
        String paused = fault.dataCenter();
        targets.members().pause(paused);
        targets.say(paused + " is paused");
        targets.pause(fault.lasts());
        List<String> others = targets.members().active();
        String removed = others.get(fault.oneOf(others.size()));
        targets.members().resume(paused);
        targets.members().remove(removed);
        targets.say(paused + " is resumed, " + removed + " is removed");
        targets.pause(fault.lasts());
        targets.members().add(List.of(removed));
        targets.say(removed + " is put back");
    }
}
