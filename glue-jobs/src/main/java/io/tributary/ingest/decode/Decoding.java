package io.tributary.ingest.decode;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import io.tributary.columns.Columns;
import io.tributary.config.PipelineConfig;
import io.tributary.config.RecordFormat;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.format.RegistryUnavailableException;
import io.tributary.ingest.format.UnusableFormatException;
import io.tributary.ingest.format.ValueFormat;
import io.tributary.ingest.read.RecordContent;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.schema.EventSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF9;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Adds the decoder's result to the source's rows. Closing rows stay as they are. */
public final class Decoding {

    /**
     * The event's columns. For a rejected record {@link Columns#REASON} and {@link Columns#DETAIL} are set, id and data
     * center as far as they can be read, and the others null.
     */
    public static final String DECODED = "decoded";

    /** In place of a reason, where a rule passes over the record: it is counted, and in no table. */
    public static final String WITHOUT_EVENT = "without_event";

    /** The number of cast failures, in {@link #DECODED}. */
    public static final String CAST_FAILURES = "cast_failures";

    /** The event's identity under {@code dedup.scope}, in {@link #DECODED}; null for a rejected record. */
    public static final String EVENT_IDENTITY = "event_identity";

    /** Where {@link EventSchema#event} has the id and the data center. */
    private static final int ID = 0;

    private static final int DATA_CENTER = 3;

    private final DecodeRules rules;
    private final boolean refusesUnprepared;
    private final StructType decoded;

    /** @throws InvalidInputException if the schema of the configuration cannot be used */
    public Decoding(PipelineConfig config) {
        this(config, true);
    }

    private Decoding(PipelineConfig config, boolean refusesUnprepared) {
        this.refusesUnprepared = refusesUnprepared;
        requireUsable(config.event().format());
        this.rules = DecodeRules.of(config);
        this.decoded = EventSchema.event(config.columns())
                .add(Columns.REASON, DataTypes.StringType)
                .add(Columns.DETAIL, DataTypes.StringType)
                .add(CAST_FAILURES, DataTypes.IntegerType)
                .add(EVENT_IDENTITY, DataTypes.StringType);
    }

    /** Of records whose schemas nobody has found before; a registry that does not answer then fails the query. */
    public static Decoding ofPreview(PipelineConfig config) {
        return new Decoding(config, false);
    }

    private static void requireUsable(RecordFormat format) {
        try {
            ValueFormat.of(format);
        } catch (UnusableFormatException e) {
            throw new InvalidInputException(
                    "The records of the pipeline cannot be read, because " + e.getMessage() + ". Correct the schema.",
                    e);
        }
    }

    /**
     * The source's columns and {@link #DECODED}, which is null in a closing row. The bytes of a record go on only where
     * its payload does not say the same, since a row would carry them twice through everything that follows. Key and
     * headers go on only for rejected records, and nothing of a record that is passed over.
     */
    public Dataset<Row> apply(Dataset<Row> source) {
        // Declared nondeterministic, so that Spark never evaluates it more than once for a row.
        var decide = udf(new Decide(rules, decoded.length(), refusesUnprepared), decoded)
                .asNondeterministic();
        return source.withColumn(
                        DECODED,
                        when(
                                col(SourceColumns.RANGE_UNTIL).isNull(),
                                decide.apply(
                                        col(SourceColumns.VALUE),
                                        col(SourceColumns.READ_ERROR),
                                        col(Columns.KAFKA_CLUSTER),
                                        unix_micros(col(SourceColumns.PLANNED_AT)),
                                        col(Columns.KAFKA_TOPIC),
                                        col(SourceColumns.EVENT_OVERRIDES),
                                        col(SourceColumns.KEY),
                                        col(SourceColumns.HEADERS),
                                        unix_micros(col(Columns.KAFKA_TIMESTAMP)))))
                .drop(SourceColumns.EVENT_OVERRIDES)
                .withColumn(
                        SourceColumns.VALUE,
                        when(
                                not(col(SourceColumns.VALUE).eqNullSafe(payload()))
                                        .and(not(reason().eqNullSafe(WITHOUT_EVENT))),
                                col(SourceColumns.VALUE)))
                .withColumn(SourceColumns.KEY, ofRejected(SourceColumns.KEY))
                .withColumn(SourceColumns.HEADERS, ofRejected(SourceColumns.HEADERS));
    }

    private static Column ofRejected(String column) {
        return when(reason().isNotNull().and(reason().notEqual(WITHOUT_EVENT)), col(column));
    }

    private static Column reason() {
        return col(DECODED).getField(Columns.REASON);
    }

    /** The bytes of a record as Kafka delivered them. */
    public static Column bytes() {
        return coalesce(col(SourceColumns.VALUE), payload());
    }

    private static Column payload() {
        return col(DECODED).getField(Columns.PAYLOAD).cast(DataTypes.BinaryType);
    }

    private static final class Decide
            implements UDF9<byte[], String, String, Long, String, String, byte[], String, Long, Row> {

        private final DecodeRules rules;
        private final int width;
        private final boolean refusesUnprepared;
        private transient RecordDecoders decoders;

        Decide(DecodeRules rules, int width, boolean refusesUnprepared) {
            this.rules = rules;
            this.width = width;
            this.refusesUnprepared = refusesUnprepared;
        }

        @Override
        public Row call(
                byte[] value,
                String readError,
                String cluster,
                Long arrivalMicros,
                String topic,
                String overrides,
                byte[] key,
                String headers,
                Long timestampMicros) {
            if (decoders == null) {
                decoders = new RecordDecoders(rules);
            }
            Object[] fields = new Object[width];
            Delivery delivery = new Delivery(
                    cluster,
                    timestampMicros == null ? null : Instant.EPOCH.plus(timestampMicros, ChronoUnit.MICROS),
                    Instant.EPOCH.plus(arrivalMicros, ChronoUnit.MICROS));
            DecodeResult decision = readError == null
                    ? decide(new RecordContent(value, key, headers), overrides, topic, delivery)
                    : new DecodeResult.Rejected(DecodeResult.Reason.CORRUPT_RECORD, readError);
            if (decision instanceof DecodeResult.Rejected rejected) {
                fields[ID] = rejected.id();
                fields[DATA_CENTER] = rejected.dataCenter();
                fields[width - 4] = rejected.reason().name().toLowerCase(java.util.Locale.ROOT);
                fields[width - 3] = rejected.detail();
                fields[width - 2] = 0;
            } else if (decision instanceof DecodeResult.WithoutEvent) {
                fields[width - 4] = WITHOUT_EVENT;
                fields[width - 2] = 0;
            } else if (decision instanceof DecodeResult.Event event) {
                fill(fields, event);
            }
            return RowFactory.create(fields);
        }

        /**
         * Schemas were checked and found before the records were read. Where that is not so, as of records that are read again
         * after their data center has left the file, the record is refused, since a failure would stop everybody.
         */
        private DecodeResult decide(RecordContent record, String overrides, String topic, Delivery delivery) {
            try {
                return decoders.of(overrides, topic).decide(record, delivery);
            } catch (UnusableFormatException e) {
                return new DecodeResult.Rejected(DecodeResult.Reason.UNUSABLE_SCHEMA, e.getMessage());
            } catch (RegistryUnavailableException e) {
                if (!refusesUnprepared) {
                    throw e;
                }
                return new DecodeResult.Rejected(DecodeResult.Reason.UNKNOWN_SCHEMA, e.getMessage());
            }
        }

        /** In the order of {@link EventSchema#event}. */
        private void fill(Object[] fields, DecodeResult.Event event) {
            int at = 0;
            fields[at++] = event.id();
            fields[at++] = event.time();
            fields[at++] = event.type();
            fields[at++] = event.dataCenter();
            for (Object value : event.typed()) {
                fields[at++] = value;
            }
            fields[at++] = event.payload();
            fields[at] = LocalDate.ofInstant(event.time(), ZoneOffset.UTC);
            fields[width - 2] = event.castFailures();
            fields[width - 1] = event.identity(rules.scope());
        }
    }
}
