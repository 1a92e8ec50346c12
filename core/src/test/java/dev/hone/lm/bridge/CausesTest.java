package dev.hone.lm.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CausesTest {
  @Test
  void anEarlierFailureIsNotedOnceAndNeverWithItself() {
    IllegalStateException error = new IllegalStateException("now");
    IllegalStateException earlier = new IllegalStateException("before");

    Causes.suppress(error, error);
    Causes.suppress(error, earlier);
    Causes.suppress(error, earlier);

    assertThat(error.getSuppressed()).containsExactly(earlier);
  }
}
