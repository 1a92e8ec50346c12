package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.pipeline.LmPipeline;
import dev.hone.testkit.ScriptedModel;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is damaged or not a cache is told, set aside as it was, and never lost. */
class DamagedFileTest {
  @TempDir private Path folder;
  private final TestClock clock = new TestClock();

  private Path file() {
    return folder.resolve("replies.db");
  }

  private SqliteCache open() {
    return SqliteCache.builder().file(file()).clock(clock).memoryBytes(0).open();
  }

  private void fill(int replies) {
    try (SqliteCache cache = open()) {
      for (int i = 0; i < replies; i++) {
        cache.put("k" + i, SqliteCacheTest.reply("reply " + i + " " + "x".repeat(2_000)));
      }
    }
  }

  private static void assertWorks(SqliteCache cache) {
    cache.put("new", SqliteCacheTest.reply("new"));
    assertThat(cache.get("new")).isPresent();
  }

  @Test
  void setsATextAside() throws IOException {
    Files.writeString(file(), "my notes");

    try (SqliteCache cache = open()) {
      assertWorks(cache);
      assertThat(cache.setAside()).contains(folder.resolve("replies.db.aside-20261130-000000"));
      assertThat(cache.setAside().get()).hasContent("my notes");
    }
  }

  @Test
  void neverGivesTwoFilesOneName() throws IOException {
    for (String text : new String[] {"first", "second", "third"}) {
      Files.deleteIfExists(file());
      Files.writeString(file(), text);
      open().close();
    }

    assertThat(folder.resolve("replies.db.aside-20261130-000000")).hasContent("first");
    assertThat(folder.resolve("replies.db.aside-20261130-000000-2")).hasContent("second");
    assertThat(folder.resolve("replies.db.aside-20261130-000000-3")).hasContent("third");
  }

  @Test
  void setsTheDatabaseOfAnotherProgramAsideUnchanged() throws IOException, SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("CREATE TABLE bookmarks (url TEXT)");
    }
    byte[] before = Files.readAllBytes(file());

    try (SqliteCache cache = open()) {
      assertWorks(cache);
      assertThat(cache.setAside().orElseThrow()).hasBinaryContent(before);
    }
  }

  @Test
  void refusesTheFileOfANewerHoneAndLeavesItAlone() throws IOException, SQLException {
    fill(1);
    try (Connection newer = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = newer.createStatement()) {
      statement.execute("PRAGMA user_version = 2");
      statement.execute("PRAGMA journal_mode = DELETE");
    }
    byte[] before = Files.readAllBytes(file());

    assertThatThrownBy(this::open)
        .isInstanceOf(SqliteCacheException.class)
        .hasMessage(
            "The reply cache %s has format 2, expected 1 or less: a newer Hone wrote it. Maybe"
                + " update Hone, or choose another file.",
            file());
    assertThat(file()).hasBinaryContent(before);
  }

  @Test
  void refusesAFolder() throws IOException {
    Files.createDirectory(file());

    assertThatThrownBy(this::open)
        .hasMessage(
            "The reply cache %s is a folder. Maybe name a file in it, such as replies.db.", file());
  }

  @Test
  void takesAnEmptyFileForANewOne() throws IOException {
    Files.createFile(file());

    try (SqliteCache cache = open()) {
      assertWorks(cache);
      assertThat(cache.setAside()).isEmpty();
    }
  }

  @Test
  void keepsALogWhoseFileIsGone() throws IOException {
    Files.writeString(folder.resolve("replies.db-wal"), "a log");

    try (SqliteCache cache = open()) {
      assertWorks(cache);
      assertThat(folder.resolve("replies.db.aside-20261130-000000-wal")).hasContent("a log");
    }
  }

  @Test
  void setsAsideWhatTurnsOutToBeDamagedWhileItIsUsed() throws IOException {
    fill(500);
    damage();
    byte[] before = Files.readAllBytes(file());

    try (SqliteCache cache = open()) {
      LmPipeline pipeline =
          LmPipeline.builder(ScriptedModel.answering(request -> "fine")).cache(cache).build();
      LmRequest asked = LmRequest.of(LmMessage.user("How are you?"));

      assertThat(pipeline.call(asked).text()).isEqualTo("fine");
      assertThat(pipeline.call(asked).text()).isEqualTo("fine");
      assertThat(pipeline.call(asked).cached()).isTrue();
      assertWorks(cache);
      assertThat(cache.setAside().orElseThrow()).hasBinaryContent(before);
    }
  }

  /** Else all that is kept of the same credential elsewhere, such as journals, would be foreign. */
  @Test
  void theSecretOfADamagedFileGoesOnInTheNewOne() throws IOException {
    fill(500);
    byte[] secret;
    try (SqliteCache cache = open()) {
      secret = cache.credentialKey();
      damage();
      for (int k = 0; k < 500 && cache.setAside().isEmpty(); k++) {
        getOrNothing(cache, "k" + k);
      }
      assertThat(cache.setAside()).isPresent();
      assertWorks(cache);
    }

    try (SqliteCache again = open()) {
      assertThat(again.setAside()).isEmpty();
      assertThat(again.credentialKey()).isEqualTo(secret);
      assertThat(again.get("new")).isPresent();
    }
  }

  /** Overwrites all pages but the first. */
  private void damage() throws IOException {
    byte[] noise = new byte[(int) Files.size(file()) - 4096];
    new Random(1).nextBytes(noise);
    try (RandomAccessFile damaged = new RandomAccessFile(file().toFile(), "rw")) {
      damaged.seek(4096);
      damaged.write(noise);
    }
  }

  @Test
  void closesThoughItCannotNoteWhichRepliesWereUsed() throws SQLException {
    SqliteCache cache = SqliteCache.builder().file(file()).clock(clock).open();
    cache.put("k", SqliteCacheTest.reply("kept"));
    clock.advance(java.time.Duration.ofHours(1));
    assertThat(cache.get("k")).isPresent();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("ALTER TABLE replies RENAME TO elsewhere");
    }

    cache.close();

    assertThatThrownBy(() -> cache.put("new", SqliteCacheTest.reply("new")))
        .hasMessageContaining("closed");
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("ALTER TABLE elsewhere RENAME TO replies");
    }
  }

  @Test
  void everyTruncatedFileEndsInAWorkingCacheAndIsKept() throws IOException {
    fill(200);
    byte[] whole = Files.readAllBytes(file());
    Random random = new Random(7);

    for (int i = 0; i < 20; i++) {
      byte[] part = java.util.Arrays.copyOf(whole, 1 + random.nextInt(whole.length - 1));
      Path one = folder.resolve("cut" + i + ".db");
      Files.write(one, part);

      try (SqliteCache cache = SqliteCache.builder().file(one).clock(clock).memoryBytes(0).open()) {
        for (int k = 0; k < 200; k++) {
          getOrNothing(cache, "k" + k);
        }
        getOrNothing(cache, "new");
        assertPutAtLast(cache);
        if (cache.setAside().isPresent()) {
          assertThat(cache.setAside().get()).isRegularFile();
        }
      }
    }
  }

  /** The look-up that finds the damage fails, the next one finds a new file. */
  private static void getOrNothing(SqliteCache cache, String key) {
    try {
      cache
          .get(key)
          .ifPresent(reply -> assertThat(reply.text()).startsWith("reply " + key.substring(1)));
    } catch (SqliteCacheException e) {
      assertThat(e).hasMessageContaining("Maybe");
    }
  }

  private static void assertPutAtLast(SqliteCache cache) {
    try {
      cache.put("new", SqliteCacheTest.reply("new"));
    } catch (SqliteCacheException e) {
      cache.put("new", SqliteCacheTest.reply("new"));
    }
    assertThat(cache.get("new")).isPresent();
  }
}
