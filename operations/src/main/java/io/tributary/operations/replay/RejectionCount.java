package io.tributary.operations.replay;

import java.time.Instant;

/** Counts rejected records, and remembers the first of them. */
record RejectionCount(long records, Instant first, Instant last, long firstOffset, String example) {

    static RejectionCount of(Instant arrivedAt, long offset, String example) {
        return new RejectionCount(1, arrivedAt, arrivedAt, offset, example);
    }

    RejectionCount plus(RejectionCount other) {
        RejectionCount earlier = other.isBefore(this) ? other : this;
        return new RejectionCount(
                records + other.records,
                earlier.first,
                last.isBefore(other.last) ? other.last : last,
                earlier.firstOffset,
                earlier.example);
    }

    private boolean isBefore(RejectionCount other) {
        int byTime = first.compareTo(other.first);
        return byTime == 0 ? firstOffset < other.firstOffset : byTime < 0;
    }

    QuarantineFiles.Group group(String dataCenter, String reason) {
        return new QuarantineFiles.Group(dataCenter, reason, records, first, last, example);
    }
}
