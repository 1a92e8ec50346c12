package dev.hone.cli.model;

import dev.hone.HoneException;
import dev.hone.lm.ModelSpec;
import dev.hone.sqlite.SqliteCache;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the reply cache on disk, which is on for models that are not in this process. */
public final class CacheOptions {
  @Option(
      names = "--cache",
      paramLabel = "FILE",
      description =
          "Where replies of remote models are kept, so that no run pays for them again (default:"
              + " hone/replies.db in your cache folder).")
  private @Nullable Path file;

  @Option(names = "--no-cache", description = "Asks the model anew, and keeps no reply.")
  private boolean none;

  /** Opens the cache; one that cannot be opened is told, and costs the run nothing. */
  public DiskCache open(ModelSpec model, PrintWriter err) {
    if (none || model.provider().isInProcess()) {
      return DiskCache.NONE;
    }
    try {
      return new DiskCache(SqliteCache.open(file == null ? SqliteCache.defaultFile() : file));
    } catch (HoneException e) {
      err.println("hone: " + e.getMessage() + " Going on without a cache.");
      return DiskCache.NONE;
    }
  }
}
