package dev.hone.store;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.json.Json;
import dev.hone.lm.bridge.Secrets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Programs in a database, by plain SQL. Two tables: {@code hone_program} has a row for each
 * version, {@code hone_program_in_use} says which is in use. {@link #createTables} makes them where
 * they are missing; where an application has no right to that, they are
 *
 * <pre>{@code
 * CREATE TABLE hone_program (name VARCHAR(100), model VARCHAR(200), version INTEGER,
 *   program TEXT, PRIMARY KEY (name, model, version));
 * CREATE TABLE hone_program_in_use (name VARCHAR(100), model VARCHAR(200), version INTEGER,
 *   PRIMARY KEY (name, model));
 * }</pre>
 *
 * <p>with a type for long texts in place of {@code TEXT} where the database calls that otherwise:
 * on MySQL and MariaDB, whose {@code TEXT} ends at 64 KB, it is {@code LONGTEXT}. Thread-safe, as
 * far as the data source is; several processes may use one database.
 */
public final class JdbcPrograms implements ProgramStore {
  private static final int MOST_ATTEMPTS = 10;
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE IF NOT EXISTS hone_program (name VARCHAR(100), model VARCHAR(200),"
              + " version INTEGER, program %s, PRIMARY KEY (name, model, version))",
          "CREATE TABLE IF NOT EXISTS hone_program_in_use (name VARCHAR(100), model"
              + " VARCHAR(200), version INTEGER, PRIMARY KEY (name, model))");

  private final DataSource database;

  private JdbcPrograms(DataSource database) {
    this.database = database;
  }

  /** Programs in a database. Nothing is asked of it here. */
  public static JdbcPrograms of(DataSource database) {
    return new JdbcPrograms(database);
  }

  /** Work on a connection. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Makes the tables where they are missing.
   *
   * @return this
   * @throws ProgramStoreException if the database refuses
   */
  public JdbcPrograms createTables() {
    return with(
        connection -> {
          String type = longText(connection.getMetaData().getDatabaseProductName());
          try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
              statement.execute(table.formatted(type));
            }
          }
          commit(connection);
          return this;
        });
  }

  /** The type of a text as long as a program may be, on a database of this name. */
  private static String longText(String database) {
    return "MySQL".equalsIgnoreCase(database) || "MariaDB".equalsIgnoreCase(database)
        ? "LONGTEXT"
        : "TEXT";
  }

  private <T> T with(Work<T> work) {
    try (Connection connection = database.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      // A driver's words may have the address, with the password in it.
      Secrets secrets = Secrets.unknown();
      throw new ProgramStoreException(
          "The database of programs failed: %s. Maybe call createTables(), or check its address and rights."
              .formatted(secrets.scrub(String.valueOf(e.getMessage()))),
          secrets.scrub(e));
    }
  }

  @Override
  public List<ProgramVersion> versions(String name) {
    ProgramVersion.requireName(name);
    return with(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT model, version FROM hone_program WHERE name = ? ORDER BY model,"
                      + " version")) {
            query.setString(1, name);
            List<ProgramVersion> versions = new ArrayList<>();
            try (ResultSet rows = query.executeQuery()) {
              while (rows.next()) {
                versions.add(new ProgramVersion(name, rows.getString(1), rows.getInt(2)));
              }
            }
            return List.copyOf(versions);
          }
        });
  }

  @Override
  public Optional<ProgramVersion> current(String name, String model) {
    ProgramVersion.requireName(name);
    ProgramVersion.requireModel(model);
    return with(
        connection -> {
          Optional<ProgramVersion> own = own(connection, name, model);
          return own.isPresent() || model.isEmpty() ? own : own(connection, name, "");
        });
  }

  private static Optional<ProgramVersion> own(Connection connection, String name, String model)
      throws SQLException {
    return number(
            connection,
            "SELECT version FROM hone_program_in_use WHERE name = ? AND model = ?",
            name,
            model)
        .map(number -> new ProgramVersion(name, model, number));
  }

  /** The number that a query of a name and a model gives; empty without a row, and for null. */
  private static Optional<Integer> number(
      Connection connection, String sql, String name, String model) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      query.setString(2, model);
      try (ResultSet rows = query.executeQuery()) {
        int number = rows.next() ? rows.getInt(1) : 0;
        return number > 0 ? Optional.of(number) : Optional.empty();
      }
    }
  }

  @Override
  public ObjectNode read(ProgramVersion version) {
    Optional<String> text =
        with(
            connection -> {
              try (PreparedStatement query =
                  connection.prepareStatement(
                      "SELECT program FROM hone_program WHERE name = ? AND model = ? AND version"
                          + " = ?")) {
                set(query, version, 1);
                try (ResultSet rows = query.executeQuery()) {
                  return rows.next() ? Optional.of(rows.getString(1)) : Optional.<String>empty();
                }
              }
            });
    return ProgramLayout.parsed(
        text.orElseThrow(() -> notThere(version)), version + " in the database");
  }

  private InvalidInputException notThere(ProgramVersion version) {
    return InvalidInputException.of(
        "There is no %s in the database; its versions are %s"
            .formatted(version, versions(version.name())),
        "use one of those");
  }

  private static void set(PreparedStatement statement, ProgramVersion version, int from)
      throws SQLException {
    statement.setString(from, version.name());
    statement.setString(from + 1, version.model());
    statement.setInt(from + 2, version.number());
  }

  @Override
  public ProgramVersion put(String name, String model, Compiled<?, ?> program) {
    String text = Json.write(program.toJson());
    ProgramVersion.requireName(name);
    ProgramVersion.requireModel(model);
    ProgramVersion put = with(connection -> inserted(connection, name, model, text));
    use(put);
    return put;
  }

  /** Takes the next number; another process may be faster, and then the one after it. */
  private static ProgramVersion inserted(
      Connection connection, String name, String model, String text) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      int last = last(connection, name, model);
      ProgramVersion next = new ProgramVersion(name, model, last + 1);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO hone_program (name, model, version, program) VALUES (?, ?, ?, ?)")) {
        set(insert, next, 1);
        insert.setString(4, text);
        insert.executeUpdate();
        commit(connection);
        return next;
      } catch (SQLException e) {
        rollback(connection);
        if (attempt == MOST_ATTEMPTS || last(connection, name, model) == last) {
          throw e;
        }
      }
    }
  }

  private static int last(Connection connection, String name, String model) throws SQLException {
    return number(
            connection,
            "SELECT MAX(version) FROM hone_program WHERE name = ? AND model = ?",
            name,
            model)
        .orElse(0);
  }

  private static void commit(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }

  private static void rollback(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  @Override
  public void use(ProgramVersion version) {
    if (!versions(version.name()).contains(version)) {
      throw notThere(version);
    }
    with(
        connection -> {
          if (update(connection, version) == 0) {
            insertUse(connection, version);
          }
          commit(connection);
          return version;
        });
  }

  private static int update(Connection connection, ProgramVersion version) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE hone_program_in_use SET version = ? WHERE name = ? AND model = ?")) {
      update.setInt(1, version.number());
      update.setString(2, version.name());
      update.setString(3, version.model());
      return update.executeUpdate();
    }
  }

  /** Another process may have put its own there in between; then that row is changed. */
  private static void insertUse(Connection connection, ProgramVersion version) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO hone_program_in_use (name, model, version) VALUES (?, ?, ?)")) {
      set(insert, version, 1);
      insert.executeUpdate();
    } catch (SQLException e) {
      rollback(connection);
      if (update(connection, version) == 0) {
        throw e;
      }
    }
  }

  /** Says nothing of the address, which may hold a password. */
  @Override
  public String toString() {
    return "the database";
  }
}
