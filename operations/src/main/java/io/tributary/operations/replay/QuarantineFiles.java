package io.tributary.operations.replay;

import io.tributary.columns.Columns;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.read.QuarantinedRecord;
import io.tributary.lake.log.DataFiles;
import io.tributary.lake.log.DataFiles.DataFile;
import io.tributary.lake.log.PrefetchingReader;
import io.tributary.lake.parquet.ParquetRow;
import io.tributary.lake.parquet.ParquetRows;
import io.tributary.schema.Lake;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.apache.hadoop.conf.Configuration;

/**
 * The rejected records of a lake, as they are at one version of their table. Their files are read as they are, without
 * Spark, so that who asks what was refused has the answer at once.
 */
public final class QuarantineFiles {

    /** What is read of each record, and of those that are shown their bytes as well. */
    private static final Set<String> FEW_COLUMNS = Set.of(
            Columns.KAFKA_CLUSTER,
            Columns.KAFKA_TOPIC,
            Columns.KAFKA_PARTITION,
            Columns.KAFKA_OFFSET,
            Columns.ARRIVED_AT,
            Columns.REASON,
            Columns.DETAIL);

    private static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::arrivedAt)
            .reversed()
            .thenComparing(Place::topic)
            .thenComparing(Place::partition)
            .thenComparing(Comparator.comparing(Place::offset).reversed());

    private final Lake lake;
    private final Configuration hadoop;
    private final DataFiles table;

    /**
     * Records of one data center that were rejected for one reason.
     *
     * @param example where the first of them is, and why it was rejected
     */
    public record Group(String dataCenter, String reason, long records, Instant first, Instant last, String example) {}

    /** One record, as people look at it. */
    public record Rejected(
            String dataCenter, Instant arrivedAt, String reason, String detail, QuarantinedRecord record) {

        /** Topic, partition and offset. */
        public String place() {
            return record.topic() + "-" + record.partition() + " offset " + record.offset();
        }
    }

    /** Where a record is: the row of a file, counted from 0. */
    private record Place(Instant arrivedAt, String topic, int partition, long offset, int file, long row) {}

    /** @throws InvalidInputException if there is no quarantine table */
    public QuarantineFiles(Lake lake, Configuration hadoop) {
        this.lake = lake;
        this.hadoop = hadoop;
        this.table = DataFiles.ofNewest(lake.quarantine(), hadoop);
        if (table.version() < 0) {
            throw new InvalidInputException("There is no table " + lake.quarantine() + ". Name the lake with --lake.");
        }
    }

    /** Of the table. */
    long version() {
        return table.version();
    }

    /** How many were rejected why, by data center; the largest group first. */
    public List<Group> groups(QuarantineFilter filter) {
        Map<List<String>, RejectionCount> sums = new HashMap<>();
        List<DataFile> files = files(filter);
        ofEach(files.size(), index -> counts(files.get(index), filter))
                .forEach(counts -> counts.forEach((key, count) -> sums.merge(key, count, RejectionCount::plus)));
        return sums.entrySet().stream()
                .map(sum ->
                        sum.getValue().group(sum.getKey().get(0), sum.getKey().get(1)))
                .sorted(Comparator.comparing(Group::records)
                        .reversed()
                        .thenComparing(Group::dataCenter)
                        .thenComparing(Group::reason))
                .toList();
    }

    private Map<List<String>, RejectionCount> counts(DataFile file, QuarantineFilter filter) {
        Map<List<String>, RejectionCount> counts = new HashMap<>();
        ParquetRows.forEach(file.path(), hadoop, FEW_COLUMNS, row -> {
            if (matches(filter, row)) {
                counts.merge(
                        List.of(text(row, Columns.KAFKA_CLUSTER), text(row, Columns.REASON)),
                        RejectionCount.of(
                                arrivedAt(row),
                                offset(row),
                                text(row, Columns.KAFKA_TOPIC) + "-" + row.integer(Columns.KAFKA_PARTITION)
                                        + " offset " + offset(row) + ": "
                                        + row.text(Columns.DETAIL).orElse(null)),
                        RejectionCount::plus);
            }
        });
        return counts;
    }

    /** The newest of the records. */
    public List<Rejected> newest(QuarantineFilter filter, int limit) {
        List<DataFile> files = files(filter);
        List<Place> newest = new ArrayList<>();
        ofEach(files.size(), index -> places(files.get(index), index, filter, limit))
                .forEach(places -> {
                    newest.addAll(places);
                    keep(newest, limit);
                });
        Map<Place, Rejected> found = new HashMap<>();
        Set<Integer> wanted = new HashSet<>();
        newest.forEach(place -> wanted.add(place.file()));
        for (int file : wanted) {
            Map<Long, Place> rows = new HashMap<>();
            newest.stream().filter(place -> place.file() == file).forEach(place -> rows.put(place.row(), place));
            read(files.get(file), rows, found);
        }
        return newest.stream().map(found::get).toList();
    }

    private List<Place> places(DataFile file, int index, QuarantineFilter filter, int limit) {
        List<Place> places = new ArrayList<>();
        long[] row = {0};
        ParquetRows.forEach(file.path(), hadoop, FEW_COLUMNS, one -> {
            long number = row[0]++;
            if (matches(filter, one)) {
                places.add(new Place(
                        arrivedAt(one),
                        text(one, Columns.KAFKA_TOPIC),
                        one.integer(Columns.KAFKA_PARTITION),
                        offset(one),
                        index,
                        number));
                if (places.size() > 2L * limit) {
                    keep(places, limit);
                }
            }
        });
        keep(places, limit);
        return places;
    }

    private static void keep(List<Place> places, int limit) {
        places.sort(NEWEST_FIRST);
        if (places.size() > limit) {
            places.subList(limit, places.size()).clear();
        }
    }

    private void read(DataFile file, Map<Long, Place> wanted, Map<Place, Rejected> found) {
        Set<String> columns = new HashSet<>(FEW_COLUMNS);
        columns.addAll(Set.of(
                Columns.RAW,
                Columns.KAFKA_TIMESTAMP,
                Columns.KAFKA_TOPIC_ID,
                Columns.KAFKA_KEY,
                Columns.KAFKA_HEADERS));
        long[] row = {0};
        ParquetRows.forEach(file.path(), hadoop, columns, one -> {
            Place place = wanted.get(row[0]++);
            if (place != null) {
                found.put(place, rejected(one));
            }
        });
    }

    private static Rejected rejected(ParquetRow row) {
        return new Rejected(
                text(row, Columns.KAFKA_CLUSTER),
                arrivedAt(row),
                text(row, Columns.REASON),
                row.text(Columns.DETAIL).orElse(null),
                new QuarantinedRecord(
                        text(row, Columns.KAFKA_TOPIC),
                        row.integer(Columns.KAFKA_PARTITION),
                        offset(row),
                        row.time(Columns.KAFKA_TIMESTAMP)
                                .map(time -> ChronoUnit.MICROS.between(Instant.EPOCH, time))
                                .orElse(null),
                        row.text(Columns.KAFKA_TOPIC_ID).orElse(null),
                        row.bytes(Columns.RAW).map(ByteBuffer::wrap).orElse(null),
                        row.bytes(Columns.KAFKA_KEY).map(ByteBuffer::wrap).orElse(null),
                        row.text(Columns.KAFKA_HEADERS).orElse(null)));
    }

    private List<DataFile> files(QuarantineFilter filter) {
        return table.files().stream()
                .filter(file -> file.partition()
                        .value(Columns.ARRIVAL_DATE)
                        .map(date -> filter.mayHold(LocalDate.parse(date)))
                        .orElse(true))
                .toList();
    }

    private <T> List<T> ofEach(int files, IntFunction<T> reader) {
        List<T> all = new ArrayList<>();
        try (PrefetchingReader threads = PrefetchingReader.of(lake.root())) {
            Iterator<T> read = threads.read(0, files, index -> reader.apply((int) index));
            read.forEachRemaining(all::add);
        }
        return all;
    }

    private static boolean matches(QuarantineFilter filter, ParquetRow row) {
        return filter.matches(text(row, Columns.KAFKA_CLUSTER), text(row, Columns.REASON), arrivedAt(row));
    }

    private static String text(ParquetRow row, String column) {
        return row.text(column).orElse("");
    }

    private static long offset(ParquetRow row) {
        return row.number(Columns.KAFKA_OFFSET).orElseThrow();
    }

    private static Instant arrivedAt(ParquetRow row) {
        return row.time(Columns.ARRIVED_AT).orElseThrow();
    }
}
