package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.program.Predict;
import dev.hone.store.JdbcPrograms;
import dev.hone.store.ProgramStoreException;
import dev.hone.store.ProgramVersion;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import tools.jackson.databind.node.ObjectNode;

/** Programs in a database, tried with SQLite. */
class JdbcProgramsTest {
  private static final String MODEL = "openai:gpt-x";

  @TempDir private Path folder;
  private SQLiteDataSource database;

  @BeforeEach
  void open() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(20_000);
    database = new SQLiteDataSource(config);
    database.setUrl("jdbc:sqlite:" + folder.resolve("programs.db"));
  }

  private static Compiled<ObjectNode, ObjectNode> saying(String instructions) {
    return Compiled.of(Predict.of("question -> answer", instructions));
  }

  private static String inUse(JdbcPrograms programs, String model) {
    return programs
        .load(Predict.of("question -> answer"), "ask", model)
        .state()
        .of("self")
        .instructions();
  }

  @Test
  void countsVersionsAndGoesBack() {
    JdbcPrograms programs = JdbcPrograms.of(database).createTables().createTables();
    programs.put("ask", MODEL, saying("First."));
    programs.put("ask", MODEL, saying("It's \"second\"; DROP TABLE hone_program; --"));
    programs.put("ask", "", saying("For all."));

    assertThat(inUse(programs, MODEL)).startsWith("It's \"second\";");
    assertThat(programs.rollback("ask", MODEL)).isEqualTo(new ProgramVersion("ask", MODEL, 1));
    assertThat(inUse(JdbcPrograms.of(database), MODEL)).isEqualTo("First.");
    assertThat(inUse(programs, "other")).isEqualTo("For all.");
    assertThat(programs.put("ask", MODEL, saying("Third.")).number()).isEqualTo(3);
    assertThat(programs.versions("ask")).hasSize(4);
    assertThat(programs.versions("none")).isEmpty();
  }

  @Test
  void manyThreadsLoseNoVersion() {
    JdbcPrograms programs = JdbcPrograms.of(database).createTables();

    IntStream.range(0, 8).parallel().forEach(i -> programs.put("ask", "", saying("x" + i)));

    assertThat(programs.versions("ask")).hasSize(8);
    assertThat(programs.current("ask", "")).isPresent();
  }

  private static DataSource giving(Callable<Connection> connections) {
    return proxy(DataSource.class, (proxy, method, arguments) -> connections.call());
  }

  @Test
  void commitsWhereThePoolDoesNot() {
    DataSource pool =
        giving(
            () -> {
              Connection connection = database.getConnection();
              connection.setAutoCommit(false);
              return connection;
            });
    JdbcPrograms programs = JdbcPrograms.of(pool).createTables();
    programs.put("ask", "", saying("First."));

    assertThat(JdbcPrograms.of(database).versions("ask")).hasSize(1);
  }

  /** SQLite under another name; it takes the name of any type. */
  private DataSource calledOtherwise(String product) {
    return giving(() -> calledOtherwise(product, database.getConnection()));
  }

  private static Connection calledOtherwise(String product, Connection connection) {
    DatabaseMetaData named = proxy(DatabaseMetaData.class, (proxy, method, arguments) -> product);
    return proxy(
        Connection.class,
        (proxy, method, arguments) ->
            method.getName().equals("getMetaData") ? named : method.invoke(connection, arguments));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            JdbcProgramsTest.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @ParameterizedTest
  @CsvSource({"MySQL, LONGTEXT", "MariaDB, LONGTEXT", "PostgreSQL, TEXT", "SQLite, TEXT"})
  void aProgramFindsRoomOnEveryDatabase(String product, String type) throws SQLException {
    JdbcPrograms programs = JdbcPrograms.of(calledOtherwise(product)).createTables();
    programs.put("ask", "", saying("Answer. ".repeat(10_000)));

    assertThat(typeOfPrograms()).isEqualTo(type);
    assertThat(inUse(programs, "")).hasSizeGreaterThan(65_535);
  }

  private String typeOfPrograms() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet columns =
            statement.executeQuery(
                "SELECT type FROM pragma_table_info('hone_program') WHERE name = 'program'")) {
      assertThat(columns.next()).isTrue();
      return columns.getString(1);
    }
  }

  @Test
  void aDriversWordsShowNoPassword() {
    DataSource unknown =
        giving(
            () -> {
              throw new SQLException("No driver for jdbc:x://h/db?user=u&password=hunter22");
            });

    assertThatThrownBy(() -> JdbcPrograms.of(unknown).versions("ask"))
        .isInstanceOf(ProgramStoreException.class)
        .hasMessageContaining("jdbc:x://h/db")
        .hasMessageNotContaining("hunter22")
        .hasStackTraceContaining("SQLException")
        .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("hunter22"));
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> JdbcPrograms.of(database).versions("ask"))
        .isInstanceOf(ProgramStoreException.class)
        .hasMessageContaining("no such table")
        .hasMessageContaining("Maybe call createTables()");
    JdbcPrograms programs = JdbcPrograms.of(database).createTables();
    assertThatThrownBy(() -> programs.use(new ProgramVersion("ask", "", 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no ask version 1 for any model");
  }
}
