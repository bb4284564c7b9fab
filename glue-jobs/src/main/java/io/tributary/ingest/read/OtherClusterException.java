package io.tributary.ingest.read;

/** A client has reached another cluster than the one whose offsets it was to read. */
final class OtherClusterException extends RuntimeException {

    OtherClusterException(String planned, String reached) {
        super("the client has reached cluster " + reached + ", and the offsets are of cluster " + planned
                + ": bootstrap_servers, or what their names and ports lead to, belong to more than one cluster; leave"
                + " those of one");
    }
}
