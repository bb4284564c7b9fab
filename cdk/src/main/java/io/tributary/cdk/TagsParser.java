package io.tributary.cdk;

import io.tributary.config.yaml.Section;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The section {@code tags} of a stage's file, by AWS's rules for tags. */
final class TagsParser {

    /** AWS takes 50 on a resource, and CloudFormation adds some of its own. */
    private static final int MAX_TAGS = 40;

    private static final int MAX_KEY = 128;
    private static final int MAX_VALUE = 256;
    private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*");

    private TagsParser() {}

    static Map<String, String> parse(Section root) {
        Map<String, String> tags = root.section("tags", Map.of(), TagsParser::tags);
        if (tags.size() > MAX_TAGS) {
            root.problem("tags", "are " + tags.size() + ", and at most " + MAX_TAGS + " can be put on everything");
        }
        return tags;
    }

    private static Map<String, String> tags(Section section) {
        Map<String, String> tags = section.literals();
        Set<String> earlier = new HashSet<>();
        tags.forEach((key, value) -> {
            if (!earlier.add(key.toLowerCase(Locale.ROOT))) {
                section.problem(
                        key, "is the key of another tag, capitals aside, and IAM takes them for one; leave one out");
            }
            if (!isTag(key, value)) {
                section.problem(
                        key,
                        "is no tag that AWS takes: a key has 1 to 128 characters and does not begin with aws:, a value has"
                                + " at most 256; both are of letters, digits, spaces and _ . : / = + - @");
            }
        });
        return tags;
    }

    private static boolean isTag(String key, String value) {
        return !key.isEmpty()
                && !key.toLowerCase(Locale.ROOT).startsWith("aws:")
                && TEXT.matcher(key + value).matches()
                && key.length() <= MAX_KEY
                && value.length() <= MAX_VALUE;
    }
}
