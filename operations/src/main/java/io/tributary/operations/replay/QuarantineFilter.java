package io.tributary.operations.replay;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.tributary.columns.Columns;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Which records of the quarantine are meant.
 *
 * @param since when they arrived at the earliest
 * @param until when they arrived at the latest, exclusive
 */
public record QuarantineFilter(
        Optional<String> dataCenter, Optional<String> reason, Optional<Instant> since, Optional<Instant> until) {

    Column column() {
        Column all = lit(true);
        if (dataCenter.isPresent()) {
            all = all.and(col(Columns.KAFKA_CLUSTER).equalTo(dataCenter.get()));
        }
        if (reason.isPresent()) {
            all = all.and(col(Columns.REASON).equalTo(reason.get()));
        }
        if (since.isPresent()) {
            all = all.and(col(Columns.ARRIVED_AT).geq(lit(since.get())))
                    .and(col(Columns.ARRIVAL_DATE).geq(lit(date(since.get()))));
        }
        if (until.isPresent()) {
            all = all.and(col(Columns.ARRIVED_AT).lt(lit(until.get())))
                    .and(col(Columns.ARRIVAL_DATE).leq(lit(date(until.get()))));
        }
        return all;
    }

    /** The same of one record. */
    boolean matches(String ofDataCenter, String why, Instant arrivedAt) {
        return dataCenter.filter(name -> !name.equals(ofDataCenter)).isEmpty()
                && reason.filter(wanted -> !wanted.equals(why)).isEmpty()
                && since.filter(arrivedAt::isBefore).isEmpty()
                && until.filter(end -> !arrivedAt.isBefore(end)).isEmpty();
    }

    /** Whether records that arrived on a date can be meant. */
    boolean mayHold(LocalDate arrivalDate) {
        return since.filter(time -> arrivalDate.isBefore(date(time))).isEmpty()
                && until.filter(time -> arrivalDate.isAfter(date(time))).isEmpty();
    }

    private static LocalDate date(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** In words, such as {@code records of fra with reason not_json that arrived since 2026-03-01T00:00:00Z}. */
    public String words() {
        List<String> words = new ArrayList<>(List.of("records of the quarantine"));
        dataCenter.ifPresent(name -> words.add("of " + name));
        reason.ifPresent(why -> words.add("with reason " + why));
        since.ifPresent(time -> words.add("that arrived since " + time));
        until.ifPresent(time -> words.add((since.isPresent() ? "and" : "that arrived") + " before " + time));
        return String.join(" ", words);
    }

    /** The options that say the same. */
    public String options() {
        StringBuilder options = new StringBuilder();
        dataCenter.ifPresent(name -> options.append(" --data-center ").append(name));
        reason.ifPresent(why -> options.append(" --reason ").append(why));
        since.ifPresent(time -> options.append(" --since ").append(time));
        until.ifPresent(time -> options.append(" --until ").append(time));
        return options.toString();
    }
}
