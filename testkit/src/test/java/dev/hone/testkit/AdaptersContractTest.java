package dev.hone.testkit;

import dev.hone.adapter.Adapter;
import org.junit.jupiter.api.Nested;

/** Every adapter keeps the contract of adapters. */
class AdaptersContractTest {
  @Nested
  class Chat extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return Adapter.chat();
    }
  }

  @Nested
  class JsonObject extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return Adapter.json();
    }
  }

  @Nested
  class Xml extends AdapterContract {
    @Override
    protected Adapter adapter() {
      return Adapter.xml();
    }

    @Override
    protected boolean keepsTextsExactly() {
      return true;
    }
  }
}
