package dev.hone.lm.batch;

import dev.hone.lm.LanguageModel;
import java.util.Optional;

/**
 * A model that can say whether its provider has a batch API. Its own calls do not go by that: see
 * {@link BatchedModel}. Implementations are thread-safe.
 */
public interface BatchLanguageModel extends LanguageModel {
  /** The batch API by which this model can be asked; empty if there is none. */
  Optional<BatchApi> batchApi();

  /** The batch API of a model; empty if it has none. */
  static Optional<BatchApi> apiOf(LanguageModel model) {
    return model instanceof BatchLanguageModel batch ? batch.batchApi() : Optional.empty();
  }
}
