package io.tributary.compaction.catalog;

import io.tributary.error.OperatorActionException;
import io.tributary.error.TributaryException;

/**
 * Synchronizes the catalog with the lake's logs.
 *
 * <p>The catalog is read before the logs. If an entry is unchanged when it is written, its last writer had logs no
 * newer than ours. So of two concurrent jobs, the one with the older view of the lake never has the last word.
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
     * Plans and applies the differences, and plans again if others change the catalog meanwhile.
     *
     * @return what was done, in words
     * @throws OperatorActionException if the catalog cannot be brought up to date; the lake itself is not affected
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
