package dev.hone.testkit;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;

/** A model that says by its exception alone that it was interrupted, as its interface allows. */
class InterruptedModelContractTest extends LanguageModelContract {
  @Override
  protected LanguageModel model() {
    return ScriptedModel.replying(
        request -> {
          if (Thread.interrupted()) {
            throw new LmException.Interrupted("Interrupted while it answered", null);
          }
          return ScriptedModel.reply(request, "[[ ## answer ## ]]\nyes\n\n[[ ## completed ## ]]");
        });
  }
}
