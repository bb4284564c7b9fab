package io.tributary.config;

import io.tributary.config.yaml.Quoted;
import io.tributary.offsets.TopicIdentity;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An operator's consent to restart a topic at its earliest offset, because its stored offsets have lost their meaning.
 * It names the identity that begins, so it allows this one reset and no other.
 *
 * @param identity a {@link TopicIdentity}, as text
 */
public record AcceptedReset(String topic, String identity) implements Serializable {

    private static final Pattern TEXT = Pattern.compile("(\\S+) as (\\S+)");

    public AcceptedReset {
        DataCenter.requireTopic(topic);
        TopicIdentity.parse(identity);
    }

    /** Reads a reset as the job reports it, for example {@code events as 5L6g3nShT-eMCtK--X86sw/eKQ2LRtESzmZ1f6m8eWkVA/1}. */
    public static AcceptedReset parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !isIdentity(matcher.group(2))) {
            throw new IllegalArgumentException(Quoted.of(text)
                    + " is not a reset; copy it from the job's report, for example events as"
                    + " 5L6g3nShT-eMCtK--X86sw/eKQ2LRtESzmZ1f6m8eWkVA/1");
        }
        return new AcceptedReset(matcher.group(1), matcher.group(2));
    }

    private static boolean isIdentity(String text) {
        try {
            TopicIdentity.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        return topic + " as " + identity;
    }
}
