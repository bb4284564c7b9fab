package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;

import io.tributary.columns.Columns;
import io.tributary.config.DataCenters;
import io.tributary.config.PipelineConfig;
import io.tributary.error.InvalidInputException;
import io.tributary.ingest.read.SourceColumns;
import io.tributary.lake.replay.ReplayInput;
import io.tributary.lake.replay.ReplayRequest;
import io.tributary.lake.replay.ReplayRequests;
import io.tributary.offsets.OffsetRange;
import io.tributary.offsets.ReplayTopic;
import io.tributary.offsets.TopicPartitionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Files of old records that the stream reads once, as records of a data center that the operator names. */
public final class Backfill {

    /** A file is a part of every batch's commit metadata from then on. */
    private static final int MAX_FILES = 1000;

    private static final String LINE = "line";

    private final SparkSession spark;
    private final Configuration hadoop;
    private final String dataCenter;
    private final List<Found> files;

    /** How the records lie in the files. */
    public enum Format {
        /** A JSON object in each line; the name may end in {@code .gz}. */
        JSON_LINES,
        /** Each row becomes a JSON object with a field for each column. */
        PARQUET
    }

    /** A file and its length in bytes. */
    private record Found(String uri, long length) {}

    private Backfill(SparkSession spark, Configuration hadoop, String dataCenter, List<Found> files) {
        this.spark = spark;
        this.hadoop = hadoop;
        this.dataCenter = dataCenter;
        this.files = files;
    }

    /**
     * Finds the files.
     *
     * @param uri a file, or a folder whose files are all meant, but for those whose name begins with . or _
     * @throws InvalidInputException if there are none, or too many
     */
    public static Backfill of(SparkSession spark, Configuration hadoop, String dataCenter, String uri) {
        List<Found> found = find(hadoop, uri);
        if (found.isEmpty()) {
            throw new InvalidInputException("There is no file with records at " + uri + ".");
        }
        if (found.size() > MAX_FILES) {
            throw new InvalidInputException(
                    "At " + uri + " are " + found.size() + " files, and one backfill reads at most " + MAX_FILES
                            + ". Name parts of them one after another, or join small files.");
        }
        return new Backfill(spark, hadoop, dataCenter, found);
    }

    private static List<Found> find(Configuration hadoop, String uri) {
        List<Found> found = new ArrayList<>();
        Path path = new Path(uri);
        try {
            FileSystem system = path.getFileSystem(hadoop);
            RemoteIterator<LocatedFileStatus> all = system.listFiles(path, true);
            while (all.hasNext()) {
                LocatedFileStatus file = all.next();
                char first = file.getPath().getName().charAt(0);
                if (file.getLen() > 0 && first != '.' && first != '_') {
                    found.add(new Found(file.getPath().toString(), file.getLen()));
                }
            }
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The files at " + uri + " cannot be listed: " + e.getMessage()
                            + ". Name a file or a folder that exists and that you may read.",
                    e);
        }
        found.sort(java.util.Comparator.comparing(Found::uri));
        return found;
    }

    public int count() {
        return files.size();
    }

    public long bytes() {
        return files.stream().mapToLong(Found::length).sum();
    }

    /** The same files as lines of JSON: Parquet is converted to files beside the request. */
    public Backfill asLines(Format format, ReplayRequests requests, String id) {
        if (format == Format.JSON_LINES) {
            return this;
        }
        String folder = requests.records(id, dataCenter).replaceFirst("\\.jsonl$", "");
        spark.read()
                .parquet(files.stream().map(Found::uri).toArray(String[]::new))
                .toJSON()
                .write()
                .text(folder);
        return new Backfill(spark, hadoop, dataCenter, find(hadoop, folder));
    }

    /** What the pipeline's decoder would make of the records. */
    public DecodePreview preview(
            Format format, PipelineConfig config, DataCenters centers, LakeEvents lake, Instant now) {
        String[] uris = files.stream().map(Found::uri).toArray(String[]::new);
        Dataset<Row> lines = format == Format.PARQUET
                ? spark.read().parquet(uris).toJSON().toDF(LINE)
                : spark.read().option("lineSep", "\n").text(uris).toDF(LINE);
        return DecodePreview.of(
                lines.where(trim(col(LINE)).notEqual(""))
                        .select(
                                lit(dataCenter).as(Columns.KAFKA_CLUSTER),
                                lit(ReplayTopic.ofFiles("preview")).as(Columns.KAFKA_TOPIC),
                                col(LINE).cast("binary").as(SourceColumns.VALUE)),
                config,
                centers,
                lake,
                now);
    }

    /**
     * Asks the stream to read them.
     *
     * @param what the files, in words
     */
    public ReplayRequest request(ReplayWriter writer, ReplayWriter.Author author, String id, String what) {
        List<ReplayInput> inputs = new ArrayList<>();
        for (Found file : files) {
            inputs.add(ReplayInput.ofFile(
                    new OffsetRange(
                            new TopicPartitionId(dataCenter, ReplayTopic.ofFiles(id), inputs.size()),
                            0,
                            textLength(file)),
                    Optional.empty(),
                    file.uri(),
                    file.length()));
        }
        return writer.written(new ReplayRequest(
                id,
                ReplayRequest.Kind.FILES,
                author.at(),
                author.by(),
                author.because(),
                author.version(),
                what,
                inputs,
                new TreeMap<>()));
    }

    /** Positions in a compressed file are those of its text. */
    private long textLength(Found file) {
        if (!file.uri().endsWith(".gz")) {
            return file.length();
        }
        Path path = new Path(file.uri());
        try (InputStream in = new GZIPInputStream(path.getFileSystem(hadoop).open(path))) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new InvalidInputException(
                    "The file " + file.uri() + " cannot be read: " + e.getMessage() + ". Mend it, or leave it out.", e);
        }
    }
}
