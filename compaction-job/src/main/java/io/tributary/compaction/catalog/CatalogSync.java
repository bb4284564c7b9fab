package io.tributary.compaction.catalog;

import io.tributary.error.OperatorActionException;
import io.tributary.error.TributaryException;

/**
 * Brings the catalog to what the lake's logs say.
 *
 * <p>The catalog is read before the logs. An entry that is unchanged when it is written was then published from logs
 * no newer than ours, so that of two jobs at once the one with the older view of the lake cannot have the last word.
 */
public final class CatalogSync {

    private static final int ATTEMPTS = 5;

    private final Catalog catalog;
    private final CatalogTargets lake;

    /** @param catalog the caller closes it */
    public CatalogSync(Catalog catalog, CatalogTargets lake) {
        this.catalog = catalog;
        this.lake = lake;
    }

    /**
     * Plans and applies what differs, and plans anew if others change the catalog meanwhile.
     *
     * @return what was done, in words
     * @throws OperatorActionException if the catalog cannot be brought up to date; the lake is none the worse for it
     */
    public String publish() {
        try {
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                try {
                    return publishOnce();
                } catch (ConcurrentCatalogUpdateException e) {
                    // The next plan sees what the others did.
                }
            }
            return publishOnce();
        } catch (ConcurrentCatalogUpdateException e) {
            throw failed(
                    "Others changed it " + ATTEMPTS + " times while it was being written, the last time: "
                            + e.getMessage() + ". Find out who else writes these entries, and stop them.",
                    e);
        } catch (TributaryException e) {
            throw failed(e.getMessage(), e);
        }
    }

    private String publishOnce() throws ConcurrentCatalogUpdateException {
        CatalogState present = CatalogState.read(catalog, lake.database(), lake.names(), lake.manifestTable());
        CatalogPlan plan = CatalogPlan.decide(lake.read(), present);
        for (CatalogChange action : plan.actions()) {
            if (action instanceof CatalogChange.WriteManifests) {
                lake.writeManifests();
            } else {
                catalog.apply(lake.database(), action);
            }
        }
        return plan.describe();
    }

    private OperatorActionException failed(String why, Exception cause) {
        return new OperatorActionException(
                "The lake is merged and whole, but the catalog's database " + lake.database()
                        + " does not show its newest state: " + why + " The next run brings it up to date.",
                cause);
    }
}
