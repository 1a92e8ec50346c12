package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteCacheTest {
  private static final LmRequest ASKED = LmRequest.of(LmMessage.user("How are you?"));

  @TempDir private Path folder;
  private final TestClock clock = new TestClock();

  private Path file() {
    return folder.resolve("new").resolve("replies.db");
  }

  private SqliteCacheBuilder builder() {
    return SqliteCache.builder().file(file()).clock(clock);
  }

  static LmResponse reply(String text) {
    return LmResponse.of(text, LmUsage.of(10, 2), "vendor:model");
  }

  private static LmPipeline pipeline(ScriptedModel model, SqliteCache cache) {
    return LmPipeline.builder(model).cache(cache).build();
  }

  @Test
  void aLaterRunPaysForNothingThatWasPaidFor() {
    ScriptedModel model = ScriptedModel.answering(request -> "fine");
    try (SqliteCache cache = builder().open()) {
      pipeline(model, cache).call(ASKED);
    }

    LmResponse again;
    try (SqliteCache cache = builder().open()) {
      again = pipeline(model, cache).call(ASKED);
    }

    assertThat(again.text()).isEqualTo("fine");
    assertThat(again.cached()).isTrue();
    assertThat(model.calls()).isEqualTo(1);
  }

  @Test
  void keepsEveryKindOfPart() {
    LmResponse full =
        LmResponse.builder()
            .parts(
                List.of(
                    MessagePart.image(new byte[] {1, 2, -3}, "image/png"),
                    MessagePart.file(new byte[] {1, 2, -3}, "audio/wav"),
                    MessagePart.file(URI.create("https://h/a"), "application/pdf"),
                    MessagePart.image(URI.create("https://h/a.png")),
                    MessagePart.toolResult("1", "look", "dark", true),
                    MessagePart.thinking("hm", null)))
            .modelId("m")
            .build();
    try (SqliteCache cache = builder().open()) {
      cache.put("k", full);
    }

    try (SqliteCache cache = builder().open()) {
      assertThat(cache.get("k")).contains(full);
    }
  }

  @Test
  void isReadableByItsOwnerOnly() throws IOException {
    try (SqliteCache cache = builder().open()) {
      cache.put("k", reply("text"));

      try (Stream<Path> files = Files.list(file().getParent())) {
        assertThat(files)
            .extracting(path -> path.getFileName().toString())
            .contains("replies.db", "replies.db-wal", "replies.db-shm");
      }
      try (Stream<Path> files = Files.list(file().getParent())) {
        assertThat(files).allSatisfy(path -> assertThat(permissions(path)).isEqualTo("rw-------"));
      }
      assertThat(permissions(file().getParent())).isEqualTo("rwx------");
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void closesAFileThatOthersCouldRead() throws IOException {
    builder().open().close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

    builder().open().close();

    assertThat(permissions(file())).isEqualTo("rw-------");
  }

  @Test
  void givesNoReplyThatIsTooOld() {
    try (SqliteCache cache = builder().maxAge(Duration.ofDays(2)).open()) {
      cache.put("k", reply("old"));
      clock.advance(Duration.ofDays(2));
      assertThat(cache.get("k")).isPresent();

      clock.advance(Duration.ofMillis(1));

      assertThat(cache.get("k")).isEmpty();
      assertThat(cache.statistics().entries()).isEqualTo(1);
    }

    try (SqliteCache cache = builder().maxAge(Duration.ofDays(2)).open()) {
      assertThat(cache.statistics().entries()).isZero();
      assertThat(cache.statistics().evicted()).isEqualTo(1);
    }
  }

  @Test
  void letsGoWhatWasNotUsedForLongest() {
    String text = "x".repeat(50_000);
    try (SqliteCache cache = builder().maxBytes(1_000_000).memoryBytes(0).open()) {
      for (int i = 0; i < 10; i++) {
        cache.put("old " + i, reply(text));
      }
      clock.advance(Duration.ofMinutes(2));
      assertThat(cache.get("old 3")).isPresent();
    }
    clock.advance(Duration.ofMinutes(2));

    try (SqliteCache cache = builder().maxBytes(1_000_000).memoryBytes(0).open()) {
      for (int i = 0; i < 15; i++) {
        cache.put("new " + i, reply(text));
      }

      assertThat(cache.get("old 0")).isEmpty();
      assertThat(cache.get("old 3")).isPresent();
      assertThat(cache.get("new 14")).isPresent();
      assertThat(cache.statistics().bytes()).isLessThan(1_070_000);
      assertThat(cache.statistics().evicted()).isGreaterThanOrEqualTo(7);
    }
  }

  @Test
  void aCacheThatIsFilledByManyShortRunsStaysWithinItsLimit() {
    for (int run = 0; run < 12; run++) {
      try (SqliteCache cache = builder().maxBytes(1_000_000).open()) {
        cache.put("run " + run + " a", reply("x".repeat(100_000)));
        cache.put("run " + run + " b", reply("x".repeat(50_000)));
      }
      clock.advance(Duration.ofMinutes(2));
    }

    try (SqliteCache cache = builder().open()) {
      assertThat(cache.statistics().bytes()).isLessThan(1_200_000);
      assertThat(cache.get("run 11 b")).isPresent();
      assertThat(cache.get("run 0 a")).isEmpty();
    }
  }

  @Test
  void countsWhatItDid() {
    try (SqliteCache cache = builder().open()) {
      cache.put("k", reply("text"));
      cache.get("k");
      cache.get("none");

      CacheStatistics statistics = cache.statistics();

      assertThat(statistics.entries()).isEqualTo(1);
      assertThat(statistics.bytes()).isPositive();
      assertThat(statistics.memoryHits()).isEqualTo(1);
      assertThat(statistics.diskHits()).isZero();
      assertThat(statistics.misses()).isEqualTo(1);
      assertThat(statistics.puts()).isEqualTo(1);
      assertThat(statistics)
          .asString()
          .startsWith("1 reply, 0.0 MB; since opening: 1 found in memory, 0 on disk, 1 not");
    }
    try (SqliteCache cache = builder().open()) {
      cache.get("k");
      cache.get("k");

      assertThat(cache.statistics().diskHits()).isEqualTo(1);
      assertThat(cache.statistics().memoryHits()).isEqualTo(1);
    }
  }

  @Test
  void clearsAndGivesTheSpaceBack() throws IOException {
    try (SqliteCache cache = builder().open()) {
      for (int i = 0; i < 20; i++) {
        cache.put("k" + i, reply("x".repeat(50_000)));
      }

      long cleared = cache.clear();

      assertThat(cleared).isEqualTo(20);
      assertThat(cache.get("k1")).isEmpty();
      assertThat(cache.statistics().entries()).isZero();
      assertThat(Files.size(file())).isLessThan(100_000);
    }
  }

  @Test
  void exportsALineForEachReply() throws IOException {
    Path exported = folder.resolve("export").resolve("replies.jsonl");
    try (SqliteCache cache = builder().open()) {
      cache.put("a", reply("first\nline"));
      cache.put("b", reply("second"));

      assertThat(cache.export(exported)).isEqualTo(2);
    }

    List<String> lines = Files.readAllLines(exported);
    assertThat(lines).hasSize(2);
    assertThat(Json.parse(lines.get(0)))
        .isEqualTo(
            Json.parse(
                """
                {"key": "a", "createdAt": "2026-11-30T00:00:00Z", "usedAt": "2026-11-30T00:00:00Z",
                 "reply": {"model": "vendor:model", "stop": "STOP",
                   "parts": [{"kind": "text", "text": "first\\nline"}],
                   "usage": {"prompt": 10, "completion": 2, "cachedPrompt": 0, "known": true}}}
                """));
  }

  @Test
  void saysWhereAnExportCannotBeWritten() throws IOException {
    Path taken = Files.createDirectory(folder.resolve("taken"));
    try (SqliteCache cache = builder().open()) {
      assertThatThrownBy(() -> cache.export(taken))
          .isInstanceOf(SqliteCacheException.class)
          .hasMessage(
              "The export %s cannot be written: it is a folder. Maybe name a file in it, such as"
                  + " replies.jsonl.",
              taken);
    }
  }

  @Test
  void losesNoReplyWhenItIsClosedTooEarly() {
    SqliteCache cache = builder().open();
    LmPipeline pipeline = pipeline(ScriptedModel.answering(request -> "fine"), cache);
    cache.close();
    cache.close();

    assertThat(pipeline.call(ASKED).text()).isEqualTo("fine");
    assertThatThrownBy(() -> cache.statistics())
        .hasMessage(
            "The reply cache %s is closed. Maybe close it after the last call.", cache.file());
  }

  @Test
  void losesNoReplyWhenAnotherProgramHoldsTheFile() throws SQLException {
    try (SqliteCache cache = builder().busyMillis(1).open();
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      LmPipeline pipeline = pipeline(ScriptedModel.answering(request -> "fine"), cache);

      assertThat(pipeline.call(ASKED).text()).isEqualTo("fine");
      assertThat(pipeline.call(ASKED).cached()).isTrue();
      assertThatThrownBy(() -> cache.put("k", reply("text")))
          .isInstanceOf(SqliteCacheException.class)
          .hasMessage(
              "The reply cache %s is locked by another program. Maybe end that program.", file());

      statement.execute("COMMIT");
      cache.put("k", reply("text"));
      assertThat(cache.statistics().entries()).isEqualTo(1);
    }
  }

  @Test
  void putsFaultsIntoWords() {
    assertThat(SqliteCacheException.of(Path.of("c.db"), new SQLException("", "", 13)))
        .hasMessage("The disk of the reply cache c.db is full. Maybe free some space.");
    assertThat(SqliteCacheException.of(Path.of("c.db"), new SQLException("", "", 8 | 1 << 8)))
        .hasMessage("The reply cache c.db cannot be written. Maybe choose another folder.");
    assertThat(SqliteCacheException.of(Path.of("c.db"), new SQLException("odd", "", 1)))
        .hasMessage("The reply cache c.db failed: odd. Maybe choose another file.");
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThatThrownBy(() -> builder().maxBytes(999_999))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("maxBytes (999999) is less than 1000000. Maybe use 1_000_000_000.");
    assertThatThrownBy(() -> builder().maxAge(Duration.ZERO))
        .hasMessage("maxAge (PT0S) is not positive. Maybe use P30D.");
    assertThatThrownBy(() -> builder().memoryBytes(-1))
        .hasMessage("memoryBytes (-1) is negative. Maybe use 0.");
    assertThatThrownBy(() -> SqliteCache.open(Path.of("what?.db")))
        .hasMessage(
            "The file of the reply cache (what?.db) has a question mark in its name. Maybe choose"
                + " another name.");
  }

  @Test
  void takesAnyAge() {
    try (SqliteCache cache = builder().maxAge(Duration.ofSeconds(Long.MAX_VALUE)).open()) {
      cache.put("k", reply("text"));

      assertThat(cache.get("k")).isPresent();
    }
  }
}
