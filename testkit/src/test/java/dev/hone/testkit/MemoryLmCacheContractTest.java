package dev.hone.testkit;

import dev.hone.pipeline.LmCache;

class MemoryLmCacheContractTest extends LmCacheContract {
  @Override
  protected LmCache cache() {
    return LmCache.memory();
  }
}
