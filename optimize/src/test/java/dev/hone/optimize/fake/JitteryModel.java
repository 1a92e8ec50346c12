package dev.hone.optimize.fake;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A model whose replies arrive after a random latency of up to a millisecond, so in any order. */
public record JitteryModel(LanguageModel model) implements LanguageModel {
  private static final int MOST_NANOS = 1_000_000;

  @Override
  public LmResponse call(LmRequest request) {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(MOST_NANOS));
    return model.call(request);
  }

  @Override
  public String id() {
    return model.id();
  }
}
