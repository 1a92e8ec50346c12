package dev.hone.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that this process has open is not read beside SQLite, which would end SQLite's locks. */
class OpenTwiceTest {
  @TempDir private Path folder;

  @Test
  void aFileIsKnownToBeOpenAsLongAsOneCacheHasIt() {
    Path file = folder.resolve("replies.db");

    SqliteCache first = SqliteCache.open(file);
    SqliteCache second = SqliteCache.open(file);
    first.put("k", SqliteCacheTest.reply("kept"));

    assertThat(second.get("k").orElseThrow().text()).isEqualTo("kept");
    assertThat(ReplyStore.isOpenHere(file)).isTrue();
    first.close();
    assertThat(ReplyStore.isOpenHere(file)).isTrue();
    second.close();
    assertThat(ReplyStore.isOpenHere(file)).isFalse();
  }
}
