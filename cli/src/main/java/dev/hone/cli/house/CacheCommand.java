package dev.hone.cli.house;

import dev.hone.InvalidInputException;
import dev.hone.cli.frame.OutputOptions;
import dev.hone.json.Json;
import dev.hone.sqlite.CacheStatistics;
import dev.hone.sqlite.SqliteCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** The command {@code hone cache}. */
@Command(
    name = "cache",
    description = {
      "Shows, exports or clears the replies that are kept on disk.",
      "Replies of remote models are kept, so that no run pays for them again. The file holds"
          + " replies only: no request, no key."
    },
    footer = {
      "%nExamples:",
      "  hone cache",
      "  hone cache export replies.jsonl",
      "  hone cache clear"
    },
    mixinStandardHelpOptions = true)
public final class CacheCommand implements Callable<Integer> {
  /** What is to be done. */
  enum Action {
    SHOW,
    EXPORT,
    CLEAR
  }

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "show",
      description =
          "show: how many replies there are. export FILE: writes them all as JSON lines. clear:"
              + " removes them all; later runs pay again. Default: ${DEFAULT-VALUE}.")
  private Action action = Action.SHOW;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where export writes to.")
  private @Nullable Path target;

  @Option(
      names = "--cache",
      paramLabel = "FILE",
      description = "The cache (default: hone/replies.db in your cache folder).")
  private @Nullable Path file;

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Path place = file == null ? SqliteCache.defaultFile() : file;
    if (action == Action.EXPORT && target == null) {
      throw InvalidInputException.of(
          "The file to export to is missing", "use hone cache export replies.jsonl");
    }
    if (!Files.exists(place)) {
      output.result(() -> "There is no cache yet: " + place, () -> json(place, "entries", 0));
      return ExitCode.OK;
    }
    try (SqliteCache cache = SqliteCache.open(place)) {
      act(cache);
    }
    return ExitCode.OK;
  }

  private void act(SqliteCache cache) {
    if (action == Action.CLEAR) {
      long count = cache.clear();
      output.result(() -> removed(count, cache.file()), () -> json(cache.file(), "removed", count));
    } else if (action == Action.EXPORT && target != null) {
      Path to = target;
      long count = cache.export(to);
      output.result(
          () -> String.format(Locale.ROOT, "%,d replies written to %s", count, to),
          () -> json(cache.file(), "written", count).put("target", to.toString()));
    } else {
      CacheStatistics statistics = cache.statistics();
      output.result(() -> shown(statistics, cache.file()), () -> json(statistics, cache.file()));
      output.next("hone cache export FILE", "hone cache clear");
    }
  }

  private static String removed(long count, Path file) {
    return String.format(Locale.ROOT, "%,d replies removed from %s", count, file);
  }

  private static String shown(CacheStatistics statistics, Path file) {
    return String.format(
        Locale.ROOT,
        "%,d replies, %.1f MB, in %s",
        statistics.entries(),
        statistics.bytes() / 1e6,
        file);
  }

  private static ObjectNode json(Path file, String name, long count) {
    return Json.object().put("file", file.toString()).put(name, count);
  }

  private static ObjectNode json(CacheStatistics statistics, Path file) {
    return json(file, "entries", statistics.entries()).put("bytes", statistics.bytes());
  }
}
