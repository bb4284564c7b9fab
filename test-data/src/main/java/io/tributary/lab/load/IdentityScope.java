package io.tributary.lab.load;

import io.tributary.config.DedupScope;
import io.tributary.lab.truth.Identity;

/** Within what an event's id is unique: the lab's own reading of the configured scope. */
public enum IdentityScope {
    GLOBAL {
        @Override
        public Identity identity(String dataCenter, String id) {
            return Identity.global(id);
        }
    },
    DATA_CENTER {
        @Override
        public Identity identity(String dataCenter, String id) {
            return Identity.within(dataCenter, id);
        }
    };

    /** As the configuration says it. */
    public static IdentityScope of(DedupScope scope) {
        return switch (scope) {
            case GLOBAL -> GLOBAL;
            case DATA_CENTER -> DATA_CENTER;
        };
    }

    public abstract Identity identity(String dataCenter, String id);
}
