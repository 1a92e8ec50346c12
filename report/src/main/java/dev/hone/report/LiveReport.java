package dev.hone.report;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A report that follows a run. Either it rewrites {@code record.json} and {@code report.html} in a
 * run folder, which may be open in a browser meanwhile, or it serves the page on a random port of
 * this machine, reachable from this machine only. Works on a daemon thread; that nothing can be
 * written costs a line in the log, and never the run. Thread-safe.
 */
public final class LiveReport implements AutoCloseable {
  /** The name of the page in a run folder. */
  public static final String FILE = "report.html";

  private final Optional<URI> uri;
  private final Runnable end;

  private LiveReport(Optional<URI> uri, Runnable end) {
    this.uri = uri;
    this.end = end;
  }

  /**
   * Keeps {@code record.json} and {@code report.html} in a folder, written anew at most every two
   * seconds and at the end. Both are there when this returns.
   */
  public static LiveReport into(Path folder, RunRecorder recorder) {
    Runnable write =
        () -> {
          recorder.record().write(folder.resolve(RunRecord.FILE));
          HtmlReport.of(recorder.record()).write(folder.resolve(FILE));
        };
    write.run();
    return new LiveReport(Optional.empty(), write);
  }

  /**
   * Serves a page that follows some runs, until it is closed.
   *
   * @param records gives what is known now; asked again and again
   */
  public static LiveReport serving(Supplier<List<RunRecord>> records) {
    HtmlReport.of(records.get()).html();
    return new LiveReport(Optional.empty(), () -> {});
  }

  /** Where the page is, if it is served. */
  public Optional<URI> uri() {
    return uri;
  }

  /** Writes what is known at the end, and follows no more. Never throws. */
  @Override
  public void close() {
    end.run();
  }
}
