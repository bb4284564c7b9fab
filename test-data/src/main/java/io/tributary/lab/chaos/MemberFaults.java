package io.tributary.lab.chaos;

import java.util.List;
import java.util.function.Consumer;

/** Edits of the data-centres file while everything runs. */
final class MemberFaults {

    private final Site site;
    private final String newcomer;
    private final Consumer<String> sendThrough;
    private boolean isThere;

    /**
     * @param newcomer the data centre that is added the first time
     * @param sendThrough begins to send through it, once its cluster is up
     */
    MemberFaults(Site site, String newcomer, Consumer<String> sendThrough) {
        this.site = site;
        this.newcomer = newcomer;
        this.sendThrough = sendThrough;
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
