package dev.hone.lm;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A language model that answers one request at a time. Providers implement it, and so do the steps
 * of the pipeline. Implementations are thread-safe.
 */
public interface LanguageModel {
  /**
   * Answers a request, blocking until the answer is complete; never null. An implementation that
   * catches an {@link InterruptedException} must set the thread's interrupt again or throw {@link
   * LmException.Interrupted}: if it does neither, nothing is left to tell that the caller wants to
   * stop, and the work goes on.
   *
   * @throws LmException if no answer could be had; its type says whether trying again may help
   */
  LmResponse call(LmRequest request);

  /** Names the model in reports, cache keys and files, for example {@code openai:gpt-4o-mini}. */
  String id();

  /** What the model offers natively. Default: plain text only. */
  default Capabilities capabilities() {
    return Capabilities.TEXT;
  }

  /**
   * Whether the model carries a credential, such as an API key. Such a model belongs into a
   * context, never into the defaults of the process. Default: false.
   */
  default boolean holdsCredentials() {
    return false;
  }

  /**
   * Which model it is, where, and with which credential: models of equal identity share one
   * pipeline. Default: none, so that it shares only with itself.
   */
  default Optional<ModelIdentity> identity() {
    return Optional.empty();
  }

  /** This model with options of its own, which win over those of a context. */
  default ConfiguredModel withOptions(UnaryOperator<LmOptions.Builder> change) {
    return new ConfiguredModel(this, change.apply(LmOptions.defaults().toBuilder()).build());
  }
}
