package io.tributary.cdk;

/** What a job reaches in the network: each kind has a security group and a connection of its own. */
enum JobAccess {
    /** Kafka and AWS's services. */
    KAFKA("Jobs", "jobs", "Connection", "kafka"),
    /** AWS's services alone. */
    LAKE("LakeJobs", "lake-jobs", "LakeConnection", "lake");

    private final String groupId;
    private final String group;
    private final String connectionId;
    private final String connection;

    JobAccess(String groupId, String group, String connectionId, String connection) {
        this.groupId = groupId;
        this.group = group;
        this.connectionId = connectionId;
        this.connection = connection;
    }

    /** Logical id of the security group. */
    String groupId() {
        return groupId;
    }

    /** Name of the security group, without what every name of the stage begins with. */
    String group() {
        return group;
    }

    String connectionId() {
        return connectionId;
    }

    String connection() {
        return connection;
    }
}
