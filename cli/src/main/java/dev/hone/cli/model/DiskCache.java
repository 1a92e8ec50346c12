package dev.hone.cli.model;

import dev.hone.HoneException;
import dev.hone.pipeline.LmCache;
import dev.hone.sqlite.CacheStatistics;
import dev.hone.sqlite.SqliteCache;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reply cache of one command, or none.
 *
 * @param open the cache; null for none
 */
public record DiskCache(@Nullable SqliteCache open) implements AutoCloseable {
  /** No cache. */
  public static final DiskCache NONE = new DiskCache(null);

  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);

  /** The cache, for a pipeline; empty for none. */
  public Optional<LmCache> cache() {
    return Optional.ofNullable(open);
  }

  /** How many calls were answered by what an earlier command kept; empty if none. */
  public Optional<String> usage() {
    if (open == null) {
      return Optional.empty();
    }
    try {
      CacheStatistics statistics = open.statistics();
      return statistics.diskHits() == 0 ? Optional.empty() : Optional.of(line(open, statistics));
    } catch (HoneException e) {
      return Optional.empty();
    }
  }

  private static String line(SqliteCache cache, CacheStatistics statistics) {
    return String.format(
        Locale.ROOT,
        "hone: %,d replies came from %s and cost nothing; --no-cache asks anew.",
        statistics.diskHits(),
        cache.file());
  }

  /** A cache that cannot be closed in order costs the command nothing. */
  @Override
  public void close() {
    try {
      if (open != null) {
        open.close();
      }
    } catch (HoneException e) {
      LOG.warn("The reply cache was not closed in order", e);
    }
  }
}
