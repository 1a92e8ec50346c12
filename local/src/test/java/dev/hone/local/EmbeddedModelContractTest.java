package dev.hone.local;

import dev.hone.lm.LanguageModel;
import dev.hone.testkit.LanguageModelContract;

class EmbeddedModelContractTest extends LanguageModelContract {
  @Override
  protected LanguageModel model() {
    return EmbeddedModel.load();
  }
}
