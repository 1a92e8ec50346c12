package dev.hone.report;

import dev.hone.report.page.PageLife;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the files of a run folder up to date while the run goes on. Thread-safe. */
final class ReportFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReport.class);
  private static final int EVERY_SECONDS = 2;

  private final Path folder;
  private final RunRecorder recorder;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "hone-report");
            thread.setDaemon(true);
            return thread;
          });
  private long written = -1;
  private boolean told;
  private boolean closed;

  ReportFiles(Path folder, RunRecorder recorder) {
    this.folder = folder;
    this.recorder = recorder;
  }

  /** Writes both, and again whenever something changed. */
  void start() {
    write(PageLife.FILE);
    var unused =
        timer.scheduleWithFixedDelay(this::follow, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void follow() {
    if (!closed && recorder.changes() != written) {
      attempt(PageLife.FILE);
    }
  }

  private synchronized void attempt(PageLife life) {
    try {
      write(life);
    } catch (RuntimeException e) {
      if (!told) {
        told = true;
        LOG.warn("The report is not up to date: {}", e.getMessage());
      }
    }
  }

  private synchronized void write(PageLife life) {
    long changes = recorder.changes();
    RunRecord record = recorder.record();
    record.write(folder.resolve(RunRecord.FILE));
    HtmlReport.of(record).write(folder.resolve(LiveReport.FILE), life);
    written = changes;
  }

  synchronized void close() {
    if (!closed) {
      closed = true;
      timer.shutdownNow();
      attempt(PageLife.STILL);
    }
  }
}
