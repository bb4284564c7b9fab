package io.tributary.lake.log;

import java.util.List;
import scala.collection.immutable.List$;
import scala.collection.mutable.Builder;

/** Java's lists as Delta takes them. */
public final class ScalaLists {

    private ScalaLists() {}

    /** The same values; by the builder, since the lines of Scala have no converter in common. */
    public static <T> scala.collection.immutable.Seq<T> of(List<T> values) {
        Builder<T, scala.collection.immutable.List<T>> builder = List$.MODULE$.newBuilder();
        values.forEach(builder::$plus$eq);
        return builder.result();
    }
}
