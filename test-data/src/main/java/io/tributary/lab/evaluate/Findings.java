package io.tributary.lab.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How often something was found, and a few examples. */
public record Findings<T>(long count, List<T> examples) {

    static final int EXAMPLES = 10;

    public Findings {
        examples = List.copyOf(examples.subList(0, Math.min(EXAMPLES, examples.size())));
    }

    public static <T> Findings<T> none() {
        return new Findings<>(0, List.of());
    }

    public Findings<T> plus(T example) {
        if (count >= EXAMPLES) {
            return new Findings<>(count + 1, examples);
        }
        List<T> more = new ArrayList<>(examples);
        more.add(example);
        return new Findings<>(count + 1, more);
    }

    /** The same findings with their examples put in other words. */
    public <U> Findings<U> map(Function<? super T, ? extends U> words) {
        return new Findings<>(count, examples.stream().<U>map(words).toList());
    }
}
