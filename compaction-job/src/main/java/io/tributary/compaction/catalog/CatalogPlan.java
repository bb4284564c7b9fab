package io.tributary.compaction.catalog;

import io.tributary.error.OperatorActionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The changes that bring the catalog up to date; empty if it is.
 *
 * @param actions in the order in which they are applied
 */
record CatalogPlan(List<CatalogChange> actions) {

    CatalogPlan {
        actions = List.copyOf(actions);
    }

    /** @throws OperatorActionException if a name is taken by an entry that is not this lake's */
    static CatalogPlan decide(CatalogTarget wanted, CatalogState present) {
        rejectForeignTables(wanted, present);
        List<CatalogChange> actions = new ArrayList<>();
        if (!present.hasDatabase()) {
            actions.add(new CatalogChange.CreateDatabase());
        }
        for (CatalogTable entry : wanted.entries()) {
            decide(entry, Optional.ofNullable(present.entries().get(entry.name())))
                    .ifPresent(actions::add);
        }
        wanted.partitions().ifPresent(partitions -> actions.addAll(decide(partitions, present.partitions())));
        return new CatalogPlan(actions);
    }

    private static Optional<CatalogChange> decide(CatalogTable wanted, Optional<ExistingTable> present) {
        if (present.isEmpty()) {
            return Optional.of(new CatalogChange.Create(wanted));
        }
        CatalogTable target = wanted.over(present.get().entry());
        return target.equals(present.get().entry())
                ? Optional.empty()
                : Optional.of(new CatalogChange.Update(target, present.get().version()));
    }

    private static List<CatalogChange> decide(CatalogTarget.Partitions wanted, Map<String, CatalogPartition> present) {
        List<CatalogPartition> created = new ArrayList<>();
        List<CatalogPartition> changed = new ArrayList<>();
        for (CatalogPartition partition : wanted.all()) {
            CatalogPartition registered = present.get(partition.value());
            if (registered == null) {
                created.add(partition);
            } else if (!partition.over(registered).equals(registered)) {
                changed.add(partition.over(registered));
            }
        }
        List<String> known = wanted.all().stream().map(CatalogPartition::value).toList();
        List<String> gone = present.keySet().stream()
                .filter(value -> !known.contains(value))
                .sorted()
                .toList();
        List<CatalogChange> actions = new ArrayList<>();
        if (!created.isEmpty()) {
            actions.add(new CatalogChange.CreatePartitions(wanted.table(), created));
        }
        if (!changed.isEmpty()) {
            actions.add(new CatalogChange.UpdatePartitions(wanted.table(), changed));
        }
        if (!gone.isEmpty()) {
            actions.add(new CatalogChange.DropPartitions(wanted.table(), gone));
        }
        if (!actions.isEmpty()) {
            actions.add(0, new CatalogChange.WriteManifests());
        }
        return actions;
    }

    private static void rejectForeignTables(CatalogTarget wanted, CatalogState present) {
        List<String> strangers = new ArrayList<>();
        for (CatalogTable entry : wanted.entries()) {
            ExistingTable found = present.entries().get(entry.name());
            if (found != null) {
                objection(entry, found.entry(), wanted.lake())
                        .ifPresent(words -> strangers.add(found.entry().type().word() + " " + wanted.database() + "."
                                + entry.name() + " " + words));
            }
        }
        if (!strangers.isEmpty()) {
            throw new OperatorActionException("The catalog has under this lake's names what is not this lake's: "
                    + String.join("; ", strangers) + ". Nothing was changed there. Drop the entry if nobody needs it"
                    + " (that removes no data), or give this pipeline another tables.database or other names.");
        }
    }

    /** Why an entry does not belong to this lake; empty if it does. */
    private static Optional<String> objection(CatalogTable wanted, CatalogTable present, String lake) {
        if (present.lake().isEmpty()) {
            return Optional.of("has no parameter " + CatalogTable.LAKE);
        }
        if (!present.lake().get().equals(lake)) {
            return Optional.of("belongs to the lake " + present.lake().get() + " and not to " + lake);
        }
        if (present.type() != wanted.type()) {
            return Optional.of("is no " + wanted.type().word());
        }
        if (!present.storage().location().equals(wanted.storage().location())) {
            return Optional.of("lies at \"" + present.storage().location() + "\" and not at "
                    + wanted.storage().location());
        }
        return Optional.empty();
    }

    /** For a log line. */
    String describe() {
        return actions.isEmpty()
                ? "the catalog is up to date"
                : actions.stream().map(CatalogChange::describe).collect(Collectors.joining(", "));
    }
}
