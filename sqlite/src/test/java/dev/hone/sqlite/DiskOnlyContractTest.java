package dev.hone.sqlite;

import dev.hone.pipeline.LmCache;
import dev.hone.testkit.LmCacheContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Every reply comes from the file. */
class DiskOnlyContractTest extends LmCacheContract {
  @TempDir private Path folder;
  private SqliteCache cache;

  @Override
  protected LmCache cache() {
    cache = SqliteCache.builder().file(folder.resolve("replies.db")).memoryBytes(0).open();
    return cache;
  }

  @AfterEach
  void close() {
    cache.close();
  }
}
