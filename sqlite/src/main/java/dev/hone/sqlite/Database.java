package dev.hone.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * One connection to a SQLite file. Thread-safe: one statement at a time, each compiled once.
 *
 * <p>Between processes: write-ahead log, so that readers and one writer do not wait for each other;
 * a writer waits for another one for a limited time. A crash of the process loses nothing that was
 * written, a crash of the machine the last writes at most.
 */
final class Database implements AutoCloseable {
  /** How long a writer waits for another one. */
  static final int BUSY_MILLIS = 5_000;

  private static final int LOG_BYTES = 16 << 20;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  private Database(Connection connection) {
    this.connection = connection;
  }

  /** What is done in one piece, or not at all. */
  @FunctionalInterface
  interface Work<R> {
    R run() throws SQLException;
  }

  /** Makes a value of the row at hand. */
  @FunctionalInterface
  interface Row<R> {
    R read(ResultSet columns) throws SQLException;
  }

  /** A connection for daily use. */
  static Database open(Path file, int busyMillis) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setJournalSizeLimit(LOG_BYTES);
    config.setSynchronous(SynchronousMode.NORMAL);
    return connect(file, config, busyMillis);
  }

  /** A connection that writes every change through to the disk; for a file that is being made. */
  static Database create(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SynchronousMode.FULL);
    return connect(file, config, BUSY_MILLIS);
  }

  private static Database connect(Path file, SQLiteConfig config, int busyMillis)
      throws SQLException {
    config.setBusyTimeout(busyMillis);
    return new Database(config.createConnection("jdbc:sqlite:" + file));
  }

  /** Runs a statement that changes something; gives the number of rows that it changed. */
  int update(String sql, Object... values) throws SQLException {
    lock.lock();
    try {
      return bound(sql, values).executeUpdate();
    } finally {
      lock.unlock();
    }
  }

  /** The first row of a query, if it has one. */
  <R> Optional<R> first(String sql, Row<R> row, Object... values) throws SQLException {
    lock.lock();
    try (ResultSet columns = bound(sql, values).executeQuery()) {
      return columns.next() ? Optional.of(row.read(columns)) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** Reads all rows of a query. */
  void each(String sql, Row<?> row, Object... values) throws SQLException {
    lock.lock();
    try (ResultSet columns = bound(sql, values).executeQuery()) {
      while (columns.next()) {
        row.read(columns);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Does all of it or nothing. */
  <R> R transaction(Work<R> work) throws SQLException {
    lock.lock();
    try {
      update("BEGIN IMMEDIATE");
      R result = work.run();
      update("COMMIT");
      return result;
    } catch (Throwable e) {
      rollBack(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void rollBack(Throwable cause) {
    try {
      update("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private PreparedStatement bound(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      statements.clear();
      connection.close();
    } finally {
      lock.unlock();
    }
  }
}
