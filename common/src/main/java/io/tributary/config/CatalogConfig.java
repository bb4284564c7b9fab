package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the merge job registers the lake's tables and views.
 *
 * @param id the AWS account that owns the catalog; absent: the job's own
 * @param manifestTable the name of a second entry for the merged table, over manifests instead of the Delta log;
 *     absent: none
 */
public record CatalogConfig(CatalogType type, Optional<String> id, Optional<String> manifestTable) {

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    static final CatalogConfig DEFAULTS = new CatalogConfig(CatalogType.NONE, Optional.empty(), Optional.empty());

    public CatalogConfig {
        id.ifPresent(CatalogConfig::requireAccount);
        manifestTable.ifPresent(TablesConfig::requireName);
        if (type == CatalogType.NONE && manifestTable.isPresent()) {
            throw new IllegalArgumentException(
                    "manifest_table is set, and type says that nothing is registered; write type: glue or leave it out");
        }
    }

    static String requireAccount(String text) {
        if (!ACCOUNT.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not an AWS account; write its 12 digits in quotes, or leave it out");
        }
        return text;
    }
}
