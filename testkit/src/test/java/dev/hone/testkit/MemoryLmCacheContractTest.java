package dev.hone.testkit;

import dev.hone.lm.LmCache;

class MemoryLmCacheContractTest extends LmCacheContract {
  @Override
  protected LmCache cache() {
    return LmCache.memory();
  }
}
