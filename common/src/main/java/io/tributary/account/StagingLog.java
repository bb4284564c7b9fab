package io.tributary.account;

import java.util.Optional;

/** The newest batch account in the staging table's log, followed commit by commit. */
public final class StagingLog {

    private final CommitLog log;
    private long version;
    private Optional<BatchAccount> newest;

    public StagingLog(CommitLog log) {
        this.log = log;
        this.version = log.newestVersion();
        this.newest = log.newest(BatchAccount.class, version);
    }

    /** The account of the newest batch that the lake holds, whoever wrote it; empty before the first. */
    public Optional<BatchAccount> newest() {
        for (Commit commit : log.after(version)) {
            version = commit.version();
            Optional<Account> account = commit.account();
            if (account.isPresent() && account.get() instanceof BatchAccount batch) {
                newest = Optional.of(batch);
            }
        }
        return newest;
    }
}
