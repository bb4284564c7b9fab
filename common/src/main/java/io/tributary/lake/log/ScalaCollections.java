package io.tributary.lake.log;

import java.util.List;
import java.util.Map;
import scala.Tuple2;
import scala.collection.immutable.List$;
import scala.collection.immutable.Map$;
import scala.collection.mutable.Builder;

/** Java's collections as Delta takes them. */
public final class ScalaCollections {

    private ScalaCollections() {}

    /** The same values; by the builder, since the lines of Scala have no converter in common. */
    public static <T> scala.collection.immutable.Seq<T> seq(List<T> values) {
        Builder<T, scala.collection.immutable.List<T>> builder = List$.MODULE$.newBuilder();
        values.forEach(builder::$plus$eq);
        return builder.result();
    }

    /** The same entries. */
    public static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> entries) {
        Builder<Tuple2<K, V>, scala.collection.immutable.Map<K, V>> builder = Map$.MODULE$.newBuilder();
        entries.forEach((key, value) -> builder.$plus$eq(new Tuple2<>(key, value)));
        return builder.result();
    }
}
