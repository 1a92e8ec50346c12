package dev.hone.cli;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;

/**
 * Asks a model for one word, without retries, so that a server that is down, a wrong key or an
 * unknown name is reported at once. No count includes this call. It sets no limit on tokens, since
 * models that reason refuse small ones.
 */
public final class ModelProbe {
  private static final LmRequest QUESTION = LmRequest.of(LmMessage.user("Reply with the word: ok"));

  private ModelProbe() {}

  /**
   * Makes the call.
   *
   * @throws LmException if the model cannot be used; but not if it only limits the rate
   */
  public static void ask(LanguageModel model) {
    try {
      model.call(QUESTION);
    } catch (LmException.RateLimited e) {
      return; // it is there, and the demo's own calls wait and try again
    } catch (LmException.Unauthorized e) {
      String variable = ModelSpec.keyVariable(model);
      String where = System.getenv(variable) == null ? "which is not set" : "which is set";
      throw new LmException.Unauthorized(
          "%s The key is read from %s, %s.".formatted(e.getMessage(), variable, where), e);
    }
  }
}
