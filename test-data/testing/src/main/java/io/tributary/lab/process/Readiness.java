package io.tributary.lab.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * How long a server process may take until it says that it serves, and what is said of one that does not.
 *
 * @param notYet of one that does not say it in time; the time follows
 * @param never of one that ends without it
 */
public record Readiness(Duration within, String notYet, String never) {

    /**
     * Waits for the word. What the process says is read to the very end, so that it can never block on a full pipe.
     *
     * @param word takes each line, and is not empty for the one that says that the process serves
     * @return what {@code word} made of that line
     * @throws IllegalStateException if the word does not come, with what the process said
     */
    public <T> T await(ChildProcess process, Function<String, Optional<T>> word) {
        CompletableFuture<T> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, word, ready), "output of " + process.name());
        reader.setDaemon(true);
        reader.start();
        try {
            return ready.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw process.failure(notYet + " within " + within.toSeconds() + " s");
        } catch (ExecutionException e) {
            process.awaitEnd(within);
            throw process.failure(never);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw process.failure("was no longer waited for");
        }
    }

    private static <T> void read(ChildProcess process, Function<String, Optional<T>> word, CompletableFuture<T> ready) {
        try (BufferedReader lines = process.output()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                word.apply(line).ifPresent(ready::complete);
            }
            ready.completeExceptionally(new IOException("End of output"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }
}
