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

    private final FaultTargets site;
    private final String newcomer;
    private final Consumer<String> sendThrough;
    private final Consumer<Fault> hostile;
    private boolean isThere;

    /**
     * @param newcomer the data center that is added the first time
     * @param sendThrough begins to send through it, once its cluster is up
     * @param hostile begins to send hostile records through the data center of a fault
     */
    DataCentersFileFaults(FaultTargets site, String newcomer, Consumer<String> sendThrough, Consumer<Fault> hostile) {
        this.site = site;
        this.newcomer = newcomer;
        this.sendThrough = sendThrough;
        this.hostile = hostile;
    }

    /** Another load than those of the rounds before, through a data center that goes on sending good records. */
    void sendHostile(Fault fault) {
        hostile.accept(fault);
        site.say(fault.dataCenter() + " sends hostile records");
    }

    /** One of two topics is not there. */
    void nameMissingTopic(Fault fault) {
        site.members().addTopic(fault.dataCenter(), "missing-" + fault.round());
        site.say(fault.dataCenter() + " has a second topic, which is missing");
        site.pause(fault.lasts());
        site.members().removeTopic(fault.dataCenter());
        site.say("the missing topic is taken out");
    }

    /** The streaming job is started while the file cannot be used. */
    void spoilFile(Fault fault) {
        site.members().corrupt(MISTAKES.get(fault.oneOf(MISTAKES.size())));
        site.drivers().ingest().kill();
        site.say("the data-centers file is spoilt and the streaming job killed");
        site.pause(fault.lasts());
        site.members().write();
        site.say("the file is in order");
    }

    /** One is paused and resumed, another removed and put back, and the first time a new one is added. */
    void edit(Fault fault) {
        if (!isThere) {
            isThere = true;
            site.clusters().start(newcomer);
            sendThrough.accept(newcomer);
            site.members().add(List.of(newcomer));
            site.say(newcomer + " is added");
        }
        String paused = fault.dataCenter();
        site.members().pause(paused);
        site.say(paused + " is paused");
        site.pause(fault.lasts());
        List<String> others = site.members().active();
        String removed = others.get(fault.oneOf(others.size()));
        site.members().resume(paused);
        site.members().remove(removed);
        site.say(paused + " is resumed, " + removed + " is removed");
        site.pause(fault.lasts());
        site.members().add(List.of(removed));
        site.say(removed + " is put back");
    }
}
