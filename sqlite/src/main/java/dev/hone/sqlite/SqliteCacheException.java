package dev.hone.sqlite;

import dev.hone.HoneException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The reply cache on disk cannot be opened, read or written. The message says what is wrong with
 * which file, and what to try. A pipeline that meets it pays for the reply and goes on.
 */
public final class SqliteCacheException extends HoneException {
  private static final long serialVersionUID = 1L;

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;

  private SqliteCacheException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /**
   * Makes an exception whose message has the usual form.
   *
   * @param problem the thing, the value found and the value expected, without a full stop
   * @param fix the likely fix, without "Maybe" and without a full stop
   */
  static SqliteCacheException of(String problem, String fix, @Nullable Throwable cause) {
    return new SqliteCacheException(problem + ". Maybe " + fix + ".", cause);
  }

  /** Puts a fault of the database into words. */
  static SqliteCacheException of(Path file, SQLException error) {
    return switch (code(error)) {
      case BUSY, LOCKED ->
          of(
              "The reply cache %s is locked by another program".formatted(file),
              "end that program",
              error);
      case FULL ->
          of("The disk of the reply cache %s is full".formatted(file), "free some space", error);
      case READONLY, CANNOT_OPEN ->
          of(
              "The reply cache %s cannot be written".formatted(file),
              "choose another folder",
              error);
      default ->
          of(
              "The reply cache %s failed: %s".formatted(file, error.getMessage()),
              "choose another file",
              error);
    };
  }

  /** Whether the file itself is broken, or is no database. */
  static boolean isDamage(SQLException error) {
    int code = code(error);
    return code == CORRUPT || code == NOT_A_DATABASE;
  }

  /** The primary code, without the details in its upper bytes. */
  private static int code(SQLException error) {
    return error.getErrorCode() & 0xff;
  }
}
