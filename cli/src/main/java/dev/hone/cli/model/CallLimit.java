package dev.hone.cli.model;

import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * The most calls that all models of a command have in flight together: first come, first served.
 * Waiting to try again holds no place. Thread-safe.
 */
final class CallLimit {
  private final Semaphore places;

  CallLimit(int most) {
    places = new Semaphore(most, true);
  }

  /** A model whose calls take a place each; it is the same model otherwise, to a cache too. */
  LanguageModel around(LanguageModel model) {
    return new Limited(model);
  }

  private final class Limited extends ForwardingLanguageModel {
    Limited(LanguageModel model) {
      super(model);
    }

    @Override
    public LmResponse call(LmRequest request) {
      try {
        places.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LmException.Interrupted("Interrupted while waiting for " + id(), e);
      }
      try {
        return super.call(request);
      } finally {
        places.release();
      }
    }

    @Override
    public Optional<ModelIdentity> identity() {
      return delegate().identity();
    }
  }
}
