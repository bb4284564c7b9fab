package io.tributary.operations.erasure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.contains;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;

import io.tributary.cli.Suggestions;
import io.tributary.columns.Columns;
import io.tributary.config.DedupScope;
import io.tributary.error.InvalidInputException;
import io.tributary.lake.commit.CommitLog;
import io.tributary.lake.erasure.IdentityHash;
import io.tributary.lake.erasure.RejectedRecord;
import io.tributary.lake.log.DeltaTables;
import io.tributary.offsets.TopicPartitionId;
import io.tributary.schema.Lake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the events that somebody wants erased: in staging and the merged table by their columns, in the quarantine, whose
 * records have none, by what their bytes hold.
 */
public final class ErasureSearch {

    /** More are no erasure of single events; a rule that drops dates is made for that. */
    public static final int MAX_EVENTS = 100_000;

    private final SparkSession spark;
    private final Lake lake;
    private final DedupScope scope;
    private final byte[] salt;
    private final SortedMap<String, Long> versions = new TreeMap<>();

    /**
     * @param scope of the identity, by the pipeline's configuration
     * @param salt to hash identities with
     */
    public ErasureSearch(SparkSession spark, Lake lake, DedupScope scope, String salt) {
        this.spark = spark;
        this.lake = lake;
        this.scope = scope;
        this.salt = HexFormat.of().parseHex(salt);
    }

    /**
     * Events by their ids, whether the lake holds them or not.
     *
     * @param dataCenter whose events they are; empty: those of all data centers that the lake holds
     * @throws InvalidInputException if an id is blank
     */
    public ErasureEffect byId(List<String> ids, Optional<String> dataCenter) {
        if (ids.stream().anyMatch(String::isBlank)) {
            throw new InvalidInputException("An event's id is never blank, and one of those given is."
                    + " Give the id; in a script, see to it that its variable is set.");
        }
        Column condition = col(Columns.EVENT_ID).isInCollection(ids);
        if (dataCenter.isPresent()) {
            condition = condition.and(col(Columns.DATA_CENTER).equalTo(dataCenter.get()));
        }
        Set<IdentityHash> identities = new HashSet<>();
        if (scope == DedupScope.GLOBAL && dataCenter.isEmpty()) {
            ids.forEach(id -> identities.add(hash("", id)));
        }
        dataCenter.ifPresent(name -> ids.forEach(id -> identities.add(hash(name, id))));
        return effect(condition, identities, ids);
    }

    /**
     * Events that have a value in a column now.
     *
     * @throws InvalidInputException if there is no such column, or the value is none of its type
     */
    public ErasureEffect byValue(String column, String value) {
        StructType schema = table(lake.merged()).schema();
        if (column.equals(Columns.EVENT_DATE) || schema.getFieldIndex(column).isEmpty()) {
            throw new InvalidInputException("There is no column " + column + " to erase by; "
                    + Suggestions.remedy(column, List.of(schema.fieldNames())));
        }
        DataType type = schema.apply(column).dataType();
        if (type instanceof ArrayType || type instanceof MapType || type instanceof StructType) {
            throw new InvalidInputException("The column " + column + " is " + type.simpleString()
                    + ", and only columns of single values can be erased by; name the events with --event-id.");
        }
        Column wanted = lit(value).cast(type);
        if (spark.range(1).select(wanted).first().isNullAt(0)) {
            throw new InvalidInputException(
                    "The column " + column + " is " + type.simpleString() + ", and the value is none of that type.");
        }
        List<String> texts =
                type.equals(DataTypes.StringType) && !value.isEmpty() ? List.of("\"" + value + "\"") : List.of();
        return effect(col(column).equalTo(wanted), new HashSet<>(), texts);
    }

    private ErasureEffect effect(Column condition, Set<IdentityHash> identities, List<String> texts) {
        Dataset<Row> staging = table(lake.staging()).where(condition);
        Dataset<Row> merged = table(lake.merged())
                .where(condition)
                .where(col(Columns.EVENT_DATE).isNotNull());
        List<ErasureEffect.Rows> rows = new ArrayList<>();
        rows.addAll(rows(lake.names().staging(), staging));
        rows.addAll(rows(lake.names().merged(), merged));
        for (Row row : staging.select(Columns.DATA_CENTER, Columns.EVENT_ID)
                .union(merged.select(Columns.DATA_CENTER, Columns.EVENT_ID))
                .distinct()
                .limit(MAX_EVENTS + 1)
                .collectAsList()) {
            identities.add(hash(row.getString(0), row.getString(1)));
        }
        List<RejectedRecord> rejected = texts.isEmpty() ? List.of() : rejected(texts);
        rejected.stream()
                .map(record -> record.partition().dataCenter())
                .distinct()
                .sorted()
                .forEach(name -> rows.add(new ErasureEffect.Rows(
                        lake.names().quarantine(),
                        name,
                        rejected.stream()
                                .filter(record ->
                                        record.partition().dataCenter().equals(name))
                                .count(),
                        0,
                        Optional.empty(),
                        Optional.empty())));
        if (identities.size() + rejected.size() > MAX_EVENTS) {
            throw new InvalidInputException(
                    "More than " + MAX_EVENTS + " events match. Name a narrower condition; to drop"
                            + " whole dates, set retention.events in the pipeline configuration.");
        }
        return new ErasureEffect(rows, scope, HexFormat.of().formatHex(salt), identities, rejected, versions);
    }

    private static List<ErasureEffect.Rows> rows(String table, Dataset<Row> matching) {
        return matching
                .groupBy(Columns.KAFKA_CLUSTER)
                .agg(count(lit(1)), countDistinct(Columns.EVENT_DATE), min(Columns.EVENT_TIME), max(Columns.EVENT_TIME))
                .orderBy(Columns.KAFKA_CLUSTER)
                .collectAsList()
                .stream()
                .map(row -> new ErasureEffect.Rows(
                        table,
                        row.getString(0),
                        row.getLong(1),
                        row.getLong(2),
                        Optional.of(row.getInstant(3)),
                        Optional.of(row.getInstant(4))))
                .toList();
    }

    private List<RejectedRecord> rejected(List<String> texts) {
        Dataset<Row> quarantine = table(lake.quarantine());
        // A table of an earlier version has neither key nor headers.
        List<String> held = Stream.of(Columns.RAW, Columns.KAFKA_KEY, Columns.KAFKA_HEADERS)
                .filter(List.of(quarantine.columns())::contains)
                .toList();
        return quarantine
                .where(texts.stream()
                        .map(HeldText::new)
                        .flatMap(text -> held.stream().map(column -> holds(column, text)))
                        .reduce(lit(false), Column::or))
                .select(Columns.COORDINATES.stream().map(name -> col(name)).toArray(Column[]::new))
                .limit(MAX_EVENTS + 1)
                .collectAsList()
                .stream()
                .map(row -> new RejectedRecord(
                        new TopicPartitionId(row.getString(0), row.getString(1), row.getInt(2)),
                        row.isNullAt(4) ? "" : row.getString(4),
                        row.getLong(3)))
                .toList();
    }

    private static Column holds(String column, HeldText text) {
        UDF1<byte[], Boolean> isWhole = raw -> raw != null && text.isIn(raw);
        Column bytes = col(column).cast(DataTypes.BinaryType);
        return contains(bytes, lit(text.bytes()))
                .and(udf(isWhole, DataTypes.BooleanType).apply(bytes));
    }

    private Dataset<Row> table(String path) {
        long version = new CommitLog(path, spark.sessionState().newHadoopConf()).newestVersion();
        if (version < 0) {
            throw new InvalidInputException("There is no lake at " + lake.root() + ": " + path + " is no Delta table.");
        }
        versions.put(path.substring(path.lastIndexOf('/') + 1), version);
        return DeltaTables.at(spark, path, version);
    }

    private IdentityHash hash(String dataCenter, String id) {
        return IdentityHash.of(salt, scope.identity(dataCenter, id));
    }
}
