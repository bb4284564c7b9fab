package io.tributary.lake.erasure;

import io.tributary.runtime.HadoopFiles;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was done for the erasures of a lake: files in a folder beside the requests, each written once. */
public final class ErasurePasses {

    private static final String CLOSED = "closed";

    private final String folder;
    private final HadoopFiles files;
    private final List<String> names;

    private ErasurePasses(String folder, HadoopFiles files, List<String> names) {
        this.folder = folder;
        this.files = files;
        this.names = names;
    }

    /**
     * What was done until now.
     *
     * @param erasures URI of the folder with the requests
     */
    public static ErasurePasses read(String erasures, HadoopFiles files) {
        String folder = erasures + "/done";
        return new ErasurePasses(
                folder,
                files,
                files.list(folder).stream()
                        .map(uri -> uri.substring(uri.lastIndexOf('/') + 1))
                        .toList());
    }

    /** Whether nothing is left to do: no writer that did not know the erasure can write any more. */
    public boolean isClosed(long erasure) {
        return names.contains(name(erasure, CLOSED));
    }

    public void close(long erasure) {
        files.createIfAbsent(folder + "/" + name(erasure, CLOSED), "{}");
    }

    /** The newest search of a table for an erasure. */
    public Optional<ErasurePass> last(long erasure, String table) {
        return all(erasure).stream()
                .filter(pass -> pass.table().equals(table))
                .max(Comparator.comparingLong(ErasurePass::version).thenComparing(ErasurePass::watermark));
    }

    /** All searches for an erasure. */
    public List<ErasurePass> all(long erasure) {
        return names.stream()
                .filter(name -> name.startsWith(number(erasure)) && !name.equals(name(erasure, CLOSED)))
                .map(name -> ErasurePass.parse(files.readOwn(folder + "/" + name), folder + "/" + name))
                .toList();
    }

    public void add(ErasurePass pass) {
        String name = pass.table() + "." + pass.version() + "." + pass.watermark();
        files.createIfAbsent(folder + "/" + name(pass.erasure(), name), pass.toText());
    }

    private static String name(long erasure, String rest) {
        return number(erasure) + rest + ".json";
    }

    private static String number(long erasure) {
        return String.format(Locale.ROOT, "%08d.", erasure);
    }
}
