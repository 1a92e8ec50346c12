package dev.hone.optimize.fake;

import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.pipeline.LmPipeline;
import dev.hone.pipeline.RetrySettings;

/** Contexts for tests: no cache and no retries, so that a model sees every call that is made. */
public final class Contexts {
  private Contexts() {}

  /** A context with 4 calls in flight. */
  public static Context of(LanguageModel model) {
    return of(model, 4);
  }

  /** A context with a number of calls in flight. */
  public static Context of(LanguageModel model, int maxInFlight) {
    return Context.builder().lm(bare(model, maxInFlight)).build();
  }

  /** A model without cache and retries. */
  public static LmPipeline bare(LanguageModel model, int maxInFlight) {
    return LmPipeline.builder(model)
        .noCache()
        .retry(RetrySettings.none())
        .maxInFlight(maxInFlight)
        .build();
  }
}
