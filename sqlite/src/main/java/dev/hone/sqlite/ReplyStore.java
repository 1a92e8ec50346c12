package dev.hone.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tables of the file, and the statements on them. Thread-safe; times are milliseconds since
 * 1970.
 *
 * <p>Complexity: one look-up in an index for each read, a transaction for each write. The size is
 * looked at after every sixteenth of it that was written.
 */
final class ReplyStore implements AutoCloseable {
  /** Stands in the header of the file, and says whose it is: "HnRC". */
  static final int APPLICATION_ID = 0x486E5243;

  /** The version of the tables. */
  static final int FORMAT = 1;

  /** What a row costs beside the reply: the key twice, times, indexes. */
  private static final int ROW_BYTES = 400;

  private static final int EVICTED_AT_ONCE = 500;

  /** How often this process has the file of a place open. */
  private static final ConcurrentMap<Path, Integer> OPEN = new ConcurrentHashMap<>();

  private final Path file;
  private final Database reader;
  private final Database writer;
  private final byte[] secret;

  /** Bytes written since the size was looked at; the first reply is always a reason to look. */
  private final AtomicLong unchecked = new AtomicLong(Long.MAX_VALUE / 2);

  private ReplyStore(Path file, Database reader, Database writer, byte[] secret) {
    this.file = file;
    this.reader = reader;
    this.writer = writer;
    this.secret = secret;
  }

  /** A reply as it is kept. */
  record Stored(byte[] reply, long createdAt, long usedAt) {}

  /** Takes rows of an export. */
  @FunctionalInterface
  interface Visitor {
    void row(String key, Stored stored);
  }

  /** Makes the tables in a file that is empty. */
  static void create(Path file, byte[] secret) throws SQLException {
    try (Database database = Database.create(file)) {
      database.transaction(
          () -> {
            database.update("PRAGMA application_id = " + APPLICATION_ID);
            database.update("PRAGMA user_version = " + FORMAT);
            database.update("CREATE TABLE secret (value BLOB NOT NULL)");
            database.update("INSERT INTO secret VALUES (?)", secret);
            database.update(
                "CREATE TABLE replies (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,"
                    + " created_at INTEGER NOT NULL, used_at INTEGER NOT NULL,"
                    + " reply BLOB NOT NULL)");
            database.update("CREATE INDEX replies_created ON replies (created_at)");
            database.update("CREATE INDEX replies_used ON replies (used_at)");
            return database.update(
                "CREATE TABLE claims (key TEXT PRIMARY KEY, owner TEXT NOT NULL,"
                    + " until INTEGER NOT NULL) WITHOUT ROWID");
          });
    }
  }

  /** Opens a file that has the tables. */
  static ReplyStore open(Path file, int busyMillis) throws SQLException {
    Database writer = Database.open(file, busyMillis);
    try {
      byte[] secret =
          writer
              .first("SELECT value FROM secret", columns -> columns.getBytes(1))
              .orElseThrow(() -> new SQLException("the table secret is empty", "", 11));
      ReplyStore store = new ReplyStore(file, Database.open(file, busyMillis), writer, secret);
      OPEN.merge(place(file), 1, Integer::sum);
      return store;
    } catch (SQLException | RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  /** Whether this process has a file of this place open. */
  static boolean isOpenHere(Path file) {
    return OPEN.containsKey(place(file));
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** The secret under which keys hold credentials. */
  byte[] secret() {
    return secret.clone();
  }

  Optional<Stored> get(String key, long createdFrom) throws SQLException {
    return reader.first(
        "SELECT reply, created_at, used_at FROM replies WHERE key = ? AND created_at >= ?",
        columns -> new Stored(columns.getBytes(1), columns.getLong(2), columns.getLong(3)),
        key,
        createdFrom);
  }

  /** Keeps a reply, and gives the right to pay for it back, if an owner is given. */
  void put(String key, byte[] reply, long now, Optional<String> owner) throws SQLException {
    writer.transaction(
        () -> {
          if (owner.isPresent()) {
            release(key, owner.get());
          }
          return writer.update(
              "INSERT INTO replies (key, created_at, used_at, reply) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (key) DO UPDATE SET created_at = excluded.created_at,"
                  + " used_at = excluded.used_at, reply = excluded.reply",
              key,
              now,
              now,
              reply);
        });
    unchecked.addAndGet(reply.length + ROW_BYTES);
  }

  /** Notes when replies were last used. */
  void used(Map<String, Long> times) throws SQLException {
    writer.transaction(
        () -> {
          for (Map.Entry<String, Long> used : times.entrySet()) {
            writer.update(
                "UPDATE replies SET used_at = ? WHERE key = ?", used.getValue(), used.getKey());
          }
          return times.size();
        });
  }

  /**
   * Takes the right to pay for a key.
   *
   * @param until when the right of another is over; one that ends after {@code absurd} was given by
   *     a clock that was wrong
   * @return whether nobody else has it
   */
  boolean claim(String key, String owner, long now, long until, long absurd) throws SQLException {
    return writer.update(
            "INSERT INTO claims (key, owner, until) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE"
                + " SET owner = excluded.owner, until = excluded.until"
                + " WHERE claims.until < ? OR claims.until > ?",
            key,
            owner,
            until,
            now,
            absurd)
        == 1;
  }

  /** Whether somebody has the right to pay for a key. */
  boolean isClaimed(String key, long now, long absurd) throws SQLException {
    return reader
        .first(
            "SELECT 1 FROM claims WHERE key = ? AND until BETWEEN ? AND ?",
            columns -> true,
            key,
            now,
            absurd)
        .isPresent();
  }

  void release(String key, String owner) throws SQLException {
    writer.update("DELETE FROM claims WHERE key = ? AND owner = ?", key, owner);
  }

  /** Keeps a right of an owner for longer. */
  void renew(String key, String owner, long until) throws SQLException {
    writer.update("UPDATE claims SET until = ? WHERE key = ? AND owner = ?", until, key, owner);
  }

  /** Lets go the replies that are too old, and the rights that are over. */
  int expire(long createdBefore, long now) throws SQLException {
    writer.update("DELETE FROM claims WHERE until < ?", now);
    return writer.update("DELETE FROM replies WHERE created_at < ?", createdBefore);
  }

  /**
   * Lets go the replies that were not used for longest, until a tenth of the size is free, if the
   * size is exceeded; looks at it now and then only.
   *
   * @return how many replies went
   */
  int evict(long maxBytes) throws SQLException {
    if (unchecked.get() < maxBytes / 16) {
      return 0;
    }
    unchecked.set(0);
    int evicted = 0;
    long target = usedBytes() <= maxBytes ? maxBytes : maxBytes / 10 * 9;
    long excess = usedBytes() - target;
    while (excess > 0) {
      List<Long> ids = longestUnused(excess);
      if (ids.isEmpty()) {
        break;
      }
      evicted += delete(ids);
      excess = usedBytes() - target;
    }
    return evicted;
  }

  private List<Long> longestUnused(long bytes) throws SQLException {
    List<Long> ids = new ArrayList<>();
    long[] left = {bytes};
    writer.each(
        "SELECT id, length(reply) FROM replies ORDER BY used_at, id LIMIT " + EVICTED_AT_ONCE,
        columns -> left[0] <= 0 || take(columns.getLong(1), columns.getLong(2), ids, left));
    return ids;
  }

  private static boolean take(long id, long bytes, List<Long> ids, long[] left) {
    left[0] -= bytes + ROW_BYTES;
    return ids.add(id);
  }

  private int delete(List<Long> ids) throws SQLException {
    return writer.transaction(
        () -> {
          int deleted = 0;
          for (long id : ids) {
            deleted += writer.update("DELETE FROM replies WHERE id = ?", id);
          }
          return deleted;
        });
  }

  /** The bytes of the file that hold something. */
  long usedBytes() throws SQLException {
    return (number("PRAGMA page_count") - number("PRAGMA freelist_count"))
        * number("PRAGMA page_size");
  }

  /** The number of replies. */
  long size() throws SQLException {
    return number("SELECT count(*) FROM replies");
  }

  private long number(String sql) throws SQLException {
    return writer.first(sql, columns -> columns.getLong(1)).orElse(0L);
  }

  /** Removes all replies, and gives the space back to the disk. */
  int clear() throws SQLException {
    int cleared = writer.update("DELETE FROM replies");
    try (Database database = Database.open(file, Database.BUSY_MILLIS)) {
      database.update("VACUUM");
      database.first("PRAGMA wal_checkpoint(TRUNCATE)", columns -> true);
    }
    return cleared;
  }

  /** Shows all replies in the order in which they came, on a connection of its own; gives true. */
  boolean each(Visitor visitor) throws SQLException {
    try (Database database = Database.open(file, Database.BUSY_MILLIS)) {
      database.each(
          "SELECT key, reply, created_at, used_at FROM replies ORDER BY id",
          columns -> {
            visitor.row(
                columns.getString(1),
                new Stored(columns.getBytes(2), columns.getLong(3), columns.getLong(4)));
            return true;
          });
      return true;
    }
  }

  @Override
  public void close() throws SQLException {
    OPEN.computeIfPresent(place(file), (path, count) -> count == 1 ? null : count - 1);
    try {
      reader.close();
    } finally {
      writer.close();
    }
  }
}
