package dev.hone.report;

import dev.hone.InvalidInputException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A report that follows a run. Either it keeps {@code record.json} and {@code report.html} in a run
 * folder up to date, and the page that is open in a browser loads itself anew; or it serves the
 * page on a random port of this machine, for this machine only, and the page takes what is new in
 * place. Works on daemon threads; that something cannot be written costs a line in the log, and
 * never the run. Makes no model call. Thread-safe.
 */
public final class LiveReport implements AutoCloseable {
  /** The name of the page in a run folder. */
  public static final String FILE = "report.html";

  private static final Duration LAST = Duration.ofSeconds(3);

  private final Optional<URI> uri;
  private final Runnable end;

  private LiveReport(Optional<URI> uri, Runnable end) {
    this.uri = uri;
    this.end = end;
  }

  /**
   * Keeps {@code record.json} and {@code report.html} in a folder, written anew at most every two
   * seconds and at the end. Both are there when this returns.
   *
   * @throws InvalidInputException if they cannot be written
   */
  public static LiveReport into(Path folder, RunRecorder recorder) {
    ReportFiles files = new ReportFiles(folder, recorder);
    files.start();
    return new LiveReport(Optional.empty(), files::close);
  }

  /**
   * Serves the page of a run until it is closed.
   *
   * @throws InvalidInputException if no port can be opened
   */
  public static LiveReport serving(RunRecorder recorder) {
    return serving(() -> List.of(recorder.record()));
  }

  /**
   * Serves a page that follows some runs, until it is closed.
   *
   * @param records gives what is known now, at least one; asked about once a second while a browser
   *     looks. If it throws, what was known before is shown
   * @throws InvalidInputException if no port can be opened
   */
  public static LiveReport serving(Supplier<List<RunRecord>> records) {
    return serving(records, LAST);
  }

  /**
   * Serves a page.
   *
   * @param patience how long the end waits at most for a page that is open
   */
  static LiveReport serving(Supplier<List<RunRecord>> records, Duration patience) {
    ReportServer server = ReportServer.start(records, patience);
    return new LiveReport(Optional.of(server.uri()), server::close);
  }

  /**
   * Where the page is, if it is served: an address of this machine with a secret part, which others
   * on this machine do not know.
   */
  public Optional<URI> uri() {
    return uri;
  }

  /**
   * Writes what is known at the end, or lets an open page take it, and follows no more. Takes up to
   * three seconds while a browser looks; never throws. Closing twice does nothing more.
   */
  @Override
  public void close() {
    end.run();
  }
}
