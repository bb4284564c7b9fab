package io.tributary.ingest.source;

import io.tributary.config.DataCenters;
import io.tributary.runtime.InvalidInputException;
import io.tributary.runtime.LakeFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which data centres take part now. The file is read at every trigger; while what it says cannot be used, the last
 * good reading stays in force, so that a typing mistake stops nothing.
 */
final class Membership {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

    private final String file;
    private final LakeFiles files;
    private String text = "";
    private DataCenters inForce;
    private String complaint = "";

    Membership(String file, LakeFiles files) {
        this.file = file;
        this.files = files;
    }

    /** @throws InvalidInputException if the file cannot be used and never could */
    DataCenters now() {
        try {
            String read = files.read(file);
            if (inForce == null || !read.equals(text)) {
                inForce = DataCenters.parse(read, file);
                text = read;
                LOG.info(
                        "ingest[data-centers={}]: {} in force",
                        file,
                        inForce.all().size());
            }
            complaint = "";
        } catch (InvalidInputException e) {
            if (inForce == null) {
                throw e;
            }
            if (!e.getMessage().equals(complaint)) {
                complaint = e.getMessage();
                LOG.error(
                        "ingest[data-centers={}]: cannot be used, the last good reading stays in force: {}",
                        file,
                        complaint);
            }
        }
        return inForce;
    }
}
