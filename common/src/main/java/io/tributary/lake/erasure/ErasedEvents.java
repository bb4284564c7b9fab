package io.tributary.lake.erasure;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.tributary.config.DedupScope;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * The events that were erased.
 *
 * @param newest number of the newest erasure that it knows; 0 if there is none
 */
public record ErasedEvents(long newest, List<Group> groups) implements Serializable {

    public static final ErasedEvents NONE = new ErasedEvents(0, List.of());

    /** Those of erasures that hash alike. */
    record Group(DedupScope scope, String salt, Set<IdentityHash> identities) implements Serializable {}

    public ErasedEvents {
        groups = List.copyOf(groups);
    }

    /** @param requests in the order of their numbers */
    public static ErasedEvents of(List<ErasureRequest> requests) {
        Map<List<Object>, Group> groups = new LinkedHashMap<>();
        for (ErasureRequest request : requests) {
            groups.computeIfAbsent(
                            List.of(request.scope(), request.salt()),
                            key -> new Group(request.scope(), request.salt(), new HashSet<>()))
                    .identities()
                    .addAll(request.identities());
        }
        long newest = requests.stream().mapToLong(ErasureRequest::number).max().orElse(0);
        return new ErasedEvents(newest, new ArrayList<>(groups.values()));
    }

    /** Whether an event was erased; false if a value is null, as of a rejected record. */
    public boolean contains(String dataCenter, String id) {
        if (dataCenter == null || id == null) {
            return false;
        }
        return groups.stream().anyMatch(group -> group.identities()
                .contains(IdentityHash.of(
                        HexFormat.of().parseHex(group.salt()), group.scope().identity(dataCenter, id))));
    }

    /**
     * Whether a row's event was erased.
     *
     * @param dataCenter the event's data center
     * @param id the event's id
     */
    public Column contain(Column dataCenter, Column id) {
        if (groups.stream().allMatch(group -> group.identities().isEmpty())) {
            return lit(false);
        }
        // A function and no list of values, since Spark and Delta write conditions into plans and logs.
        UDF2<String, String, Boolean> contains = this::contains;
        return udf(contains, DataTypes.BooleanType).apply(dataCenter, id);
    }
}
