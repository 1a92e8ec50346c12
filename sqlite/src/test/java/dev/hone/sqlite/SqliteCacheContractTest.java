package dev.hone.sqlite;

import dev.hone.pipeline.LmCache;
import dev.hone.testkit.LmCacheContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class SqliteCacheContractTest extends LmCacheContract {
  @TempDir private Path folder;
  private SqliteCache cache;

  @Override
  protected LmCache cache() {
    cache = SqliteCache.open(folder.resolve("replies.db"));
    return cache;
  }

  @AfterEach
  void close() {
    cache.close();
  }
}
