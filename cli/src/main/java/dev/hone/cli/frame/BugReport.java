package dev.hone.cli.frame;

import dev.hone.sqlite.SqliteCache;
import dev.hone.text.Redaction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is said of a bug in Hone, and the file that has the details, readable by its owner only. */
final class BugReport {
  private BugReport() {}

  /** The words; the details go into a file in Hone's cache folder. */
  static String text(Throwable error, String command) {
    String what = error.getClass().getSimpleName() + ": " + Redaction.of(error.getMessage() + "");
    return "this is a bug in Hone, not a fault of yours: %s%n%s"
        .formatted(what, details(error, command));
  }

  private static String details(Throwable error, String command) {
    StringWriter trace = new StringWriter();
    PrintWriter out = new PrintWriter(trace);
    out.printf("hone %s%n", command);
    out.printf("Hone %s%n", CommandErrors.class.getPackage().getImplementationVersion());
    out.printf("Java %s, %s%n%n", Runtime.version(), System.getProperty("os.name"));
    error.printStackTrace(out);
    out.flush();
    try {
      Path folder = SqliteCache.defaultFile().resolveSibling("errors");
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "hone-", ".txt");
      Files.writeString(file, Redaction.of(trace.toString()));
      return "The details are in " + file + ". Maybe report them; nothing was sent anywhere.";
    } catch (IOException e) {
      return "The details could not be written to a file: " + e.getMessage();
    }
  }
}
