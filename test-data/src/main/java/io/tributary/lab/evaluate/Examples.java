package io.tributary.lab.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** How often something was found, and a few examples. */
public record Examples<T>(long count, List<T> examples) {

    static final int EXAMPLES = 10;

    public Examples {
        examples = List.copyOf(examples.subList(0, Math.min(EXAMPLES, examples.size())));
    }

    public static <T> Examples<T> none() {
        return new Examples<>(0, List.of());
    }

    public Examples<T> plus(T example) {
        if (count >= EXAMPLES) {
            return new Examples<>(count + 1, examples);
        }
        List<T> more = new ArrayList<>(examples);
        more.add(example);
        return new Examples<>(count + 1, more);
    }

    /** These findings and others. */
    public Examples<T> plus(Examples<T> others) {
        List<T> more = new ArrayList<>(examples);
        more.addAll(others.examples);
        return new Examples<>(count + others.count, more);
    }

    /** The same findings with their examples put in other words. */
    public <U> Examples<U> map(Function<? super T, ? extends U> words) {
        return new Examples<>(count, examples.stream().<U>map(words).toList());
    }
}
