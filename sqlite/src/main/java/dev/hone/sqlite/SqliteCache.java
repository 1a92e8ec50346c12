package dev.hone.sqlite;

import dev.hone.file.UnwritableFileException;
import dev.hone.file.WholeFile;
import dev.hone.json.Json;
import dev.hone.lm.LmResponse;
import dev.hone.pipeline.LmCache;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replies on disk, in one SQLite file, with the ones used most in memory before it: what was paid
 * for once is not paid for again by any run on this machine. Thread-safe; several pipelines and
 * several processes may share a file. Close it at the end; what is not closed loses no reply.
 *
 * <p>Defaults: {@link #defaultFile()}; 1 GB, over which the replies go that were not used for
 * longest (to the minute); 30 days, after which a reply is not given any more; 64 MB in memory.
 *
 * <p>Between processes: of those that make the same call at once, one pays and the others wait for
 * its reply. If that process dies, another one pays 10 seconds later at most.
 *
 * <p>Privacy: file and folder are made for their owner only. The file holds replies and when they
 * came; no request, no credential and no name of a tenant is in it, as keys are hashes.
 *
 * <p>Errors: whoever reads or writes gets a {@link SqliteCacheException} that says what to try; a
 * pipeline logs it, pays, and loses no reply. A file that is damaged or not a reply cache is set
 * aside under another name with a warning, see {@link #setAside()}, and a new one begun.
 */
public final class SqliteCache implements LmCache, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteCache.class);
  private static final int MOST_UNNOTED = 1_000;

  private final SharedFile file;
  private final long maxBytes;
  private final Duration maxAge;
  private final Clock clock;
  private final RecentReplies recent;
  private final PaymentClaims claims;
  private final byte[] secret;
  private final LongAdder memoryHits = new LongAdder();
  private final LongAdder diskHits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder evicted = new LongAdder();

  SqliteCache(SqliteCacheBuilder builder) {
    clock = builder.clock;
    maxBytes = builder.maxBytes;
    maxAge = builder.maxAge;
    file = new SharedFile(new CacheFile(builder.place(), clock, builder.busyMillis));
    recent = new RecentReplies(builder.memoryBytes);
    claims = new PaymentClaims(file, clock, this::isKept);
    secret = file.secret();
    long now = clock.millis();
    evicted.add(file.with(store -> store.expire(createdFrom(now), now)));
  }

  /**
   * Opens the cache in its default place, see {@link #defaultFile()}.
   *
   * @throws SqliteCacheException if it cannot be opened
   */
  public static SqliteCache open() {
    return builder().open();
  }

  /**
   * Opens a cache in a file, which is made if it is missing, with the folders that are missing.
   *
   * @throws SqliteCacheException if it cannot be opened
   */
  public static SqliteCache open(Path file) {
    return builder().file(file).open();
  }

  /** A builder that starts from the defaults. */
  public static SqliteCacheBuilder builder() {
    return new SqliteCacheBuilder();
  }

  /**
   * The default place: {@code hone/replies.db} in the user's cache folder, which is {@code
   * XDG_CACHE_HOME} where that is set, else {@code LOCALAPPDATA} on Windows, {@code
   * ~/Library/Caches} on macOS, {@code ~/.cache} elsewhere.
   */
  public static Path defaultFile() {
    return CacheFolder.ofHone().resolve("replies.db");
  }

  /** The file. */
  public Path file() {
    return file.path();
  }

  /**
   * Where the file is now that stood in the place of this one and was damaged or no reply cache;
   * empty if there was none since this cache was opened.
   */
  public Optional<Path> setAside() {
    return file.aside();
  }

  @Override
  public Optional<LmResponse> get(String key) {
    long now = clock.millis();
    Optional<LmResponse> known = recent.get(key, createdFrom(now), now);
    if (known.isPresent()) {
      memoryHits.increment();
    } else {
      known = load(key, now);
      (known.isPresent() ? diskHits : misses).increment();
    }
    if (recent.unnoted() >= MOST_UNNOTED) {
      noteUsesOrLog();
    }
    return known;
  }

  private Optional<LmResponse> load(String key, long now) {
    Optional<ReplyStore.Stored> stored = file.with(store -> store.get(key, createdFrom(now)));
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    LmResponse reply = read(stored.get().reply());
    recent.loaded(key, reply, stored.get(), now);
    return Optional.of(reply);
  }

  private LmResponse read(byte[] bytes) {
    try {
      return ReplyJson.read(bytes);
    } catch (RuntimeException e) {
      throw SqliteCacheException.of(
          "A reply in the cache %s cannot be read".formatted(file()),
          "delete the file if this happens again",
          e);
    }
  }

  /** Whether a reply is there, also if another process put it in. */
  boolean isKept(String key) {
    long now = clock.millis();
    return file.with(store -> store.get(key, createdFrom(now))).isPresent();
  }

  @Override
  public void put(String key, LmResponse response) {
    byte[] bytes = ReplyJson.bytes(response);
    long now = clock.millis();
    recent.put(key, response, bytes.length, now);
    puts.increment();
    Optional<String> owner = claims.givenBackWith(key);
    evicted.add(
        file.with(
            store -> {
              store.put(key, bytes, now, owner);
              return store.evict(maxBytes);
            }));
  }

  @Override
  public Lease lease(String key) {
    return claims.take(key);
  }

  @Override
  public byte[] credentialKey() {
    return secret.clone();
  }

  private long createdFrom(long now) {
    return now - maxAge.toMillis();
  }

  /** When a reply was used last is not worth the reply, nor the rest of a close. */
  private void noteUsesOrLog() {
    try {
      noteUses();
    } catch (SqliteCacheException e) {
      LOG.warn("When replies were used last could not be noted", e);
    }
  }

  private void noteUses() {
    var used = recent.takeUsed();
    if (!used.isEmpty()) {
      file.with(
          store -> {
            store.used(used);
            return true;
          });
    }
  }

  /** What is in the file, and what this cache did since it was opened. */
  public CacheStatistics statistics() {
    var counts =
        new CacheStatistics.Counts(
            memoryHits.sum(), diskHits.sum(), misses.sum(), puts.sum(), evicted.sum());
    return file.with(store -> new CacheStatistics(store.size(), store.usedBytes(), counts));
  }

  /**
   * Removes all replies, and gives their space back to the disk. What other processes have in
   * memory they keep.
   *
   * @return how many there were in the file
   */
  public long clear() {
    recent.clear();
    return file.with(ReplyStore::clear);
  }

  /**
   * Writes all replies into a file, a JSON object on each line, in the order in which they came:
   * {@code key}, {@code createdAt}, {@code usedAt} and {@code reply}. The file is written as a
   * whole or not at all.
   *
   * @return how many replies were written
   * @throws SqliteCacheException if the file cannot be written
   */
  public long export(Path jsonl) {
    LongAdder written = new LongAdder();
    try {
      new WholeFile(jsonl, "replies.jsonl").write(stream -> writeLines(stream, written));
    } catch (UnwritableFileException e) {
      throw SqliteCacheException.of(
          "The export %s cannot be written: %s".formatted(jsonl, e.problem()), e.fix(), e);
    }
    return written.sum();
  }

  private void writeLines(OutputStream stream, LongAdder written) throws IOException {
    try {
      file.with(
          store ->
              store.each(
                  (key, stored) -> {
                    write(line(key, stored), stream);
                    written.increment();
                  }));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(byte[] line, OutputStream stream) {
    try {
      stream.write(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] line(String key, ReplyStore.Stored stored) {
    var line = Json.object().put("key", key);
    line.put("createdAt", Instant.ofEpochMilli(stored.createdAt()).toString());
    line.put("usedAt", Instant.ofEpochMilli(stored.usedAt()).toString());
    line.set("reply", ReplyJson.of(read(stored.reply())));
    return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Closes the file; what is asked of the cache afterwards fails. Closing twice does nothing. */
  @Override
  public void close() {
    if (file.isOpen()) {
      try {
        noteUsesOrLog();
        claims.close();
      } finally {
        file.close();
      }
    }
  }

  /** One line, such as {@code SqliteCache[/home/me/.cache/hone/replies.db]}. */
  @Override
  public String toString() {
    return "SqliteCache[" + file() + "]";
  }
}
