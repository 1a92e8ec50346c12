package dev.hone.sqlite;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens {@linkplain SqliteCache caches}; starts from the defaults. Not thread-safe. */
public final class SqliteCacheBuilder {
  private static final long LEAST_BYTES = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private @Nullable Path file;

  long maxBytes = 1_000_000_000;
  Duration maxAge = Duration.ofDays(30);
  long memoryBytes = 64_000_000;
  Clock clock = Clock.systemUTC();
  int busyMillis = Database.BUSY_MILLIS;

  SqliteCacheBuilder() {}

  /** Sets the file. Default: {@link SqliteCache#defaultFile()}. */
  public SqliteCacheBuilder file(Path value) {
    file = SettingCheck.given("file", value);
    return this;
  }

  /**
   * Sets the bytes that the file may have, at least a million; default 1 GB. A sixteenth more may
   * be there for a while, and what was written last beside the file.
   *
   * @throws InvalidInputException if it is less
   */
  public SqliteCacheBuilder maxBytes(long value) {
    if (value < LEAST_BYTES) {
      throw InvalidInputException.of(
          "maxBytes (%d) is less than %d".formatted(value, LEAST_BYTES), "use 1_000_000_000");
    }
    maxBytes = value;
    return this;
  }

  /**
   * Sets how long after it came a reply may be given; default 30 days. Models change behind their
   * names.
   *
   * @throws InvalidInputException if it is not positive
   */
  public SqliteCacheBuilder maxAge(Duration value) {
    if (SettingCheck.given("maxAge", value).isNegative() || value.isZero()) {
      throw InvalidInputException.of("maxAge (" + value + ") is not positive", "use P30D");
    }
    maxAge = value.compareTo(LONGEST) > 0 ? LONGEST : value;
    return this;
  }

  /**
   * Sets the bytes of replies that are kept in memory, too; default 64 MB; 0 for none.
   *
   * @throws InvalidInputException if it is negative
   */
  public SqliteCacheBuilder memoryBytes(long value) {
    if (value < 0) {
      throw InvalidInputException.of("memoryBytes (" + value + ") is negative", "use 0");
    }
    memoryBytes = value;
    return this;
  }

  /** Sets the clock, for tests. Default: that of the system. */
  SqliteCacheBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /** Sets how long a writer waits for another one, for tests. */
  SqliteCacheBuilder busyMillis(int value) {
    busyMillis = value;
    return this;
  }

  Path place() {
    Path chosen = file == null ? SqliteCache.defaultFile() : file;
    if (chosen.toString().contains("?")) {
      throw InvalidInputException.of(
          "The file of the reply cache (%s) has a question mark in its name".formatted(chosen),
          "choose another name");
    }
    return chosen.toAbsolutePath();
  }

  /**
   * Opens the cache.
   *
   * @throws SqliteCacheException if it cannot be opened
   */
  public SqliteCache open() {
    return new SqliteCache(this);
  }
}
