package dev.hone.sqlite;

import java.util.Locale;

/**
 * What is in a cache, and what it did since it was opened. Immutable.
 *
 * <p>The file is shared: entries and bytes are those of all processes, the other numbers those of
 * one.
 */
public final class CacheStatistics {
  private final long entries;
  private final long bytes;
  private final Counts counts;

  CacheStatistics(long entries, long bytes, Counts counts) {
    this.entries = entries;
    this.bytes = bytes;
    this.counts = counts;
  }

  /** What one cache did. */
  record Counts(long memoryHits, long diskHits, long misses, long puts, long evicted) {}

  /** The number of replies in the file. */
  public long entries() {
    return entries;
  }

  /** The bytes of the file that hold something. */
  public long bytes() {
    return bytes;
  }

  /** The replies that were found in memory. */
  public long memoryHits() {
    return counts.memoryHits;
  }

  /** The replies that were found in the file. */
  public long diskHits() {
    return counts.diskHits;
  }

  /** The look-ups that found nothing; a call that is then paid for is looked up twice. */
  public long misses() {
    return counts.misses;
  }

  /** The replies that were put in. */
  public long puts() {
    return counts.puts;
  }

  /** The replies that went since the file was full or they were too old. */
  public long evicted() {
    return counts.evicted;
  }

  /** One line with all numbers. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s, %.1f MB; since opening: %,d found in memory, %,d on disk, %,d not; %,d put in, %,d let"
            + " go",
        entries == 1 ? "1 reply" : String.format(Locale.ROOT, "%,d replies", entries),
        bytes / 1e6,
        memoryHits(),
        diskHits(),
        misses(),
        puts(),
        evicted());
  }
}
