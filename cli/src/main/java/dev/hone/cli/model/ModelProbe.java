package dev.hone.cli.model;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ModelSpec;

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
   * @param spec the name by which the model was made
   * @throws LmException if the model cannot be used; but not if it only limits the rate
   */
  public static void ask(LanguageModel model, ModelSpec spec) {
    run(() -> model.call(QUESTION), spec);
  }

  /** Makes another call to see that a model is there; its errors say the same. */
  static void run(Runnable call, ModelSpec spec) {
    try {
      call.run();
    } catch (LmException.RateLimited e) {
      return; // it is there, and the demo's own calls wait and try again
    } catch (LmException.PaymentRequired e) {
      throw e; // the key is right
    } catch (LmException.Unauthorized e) {
      throw spec.provider()
          .credentialVariable()
          .map(variable -> withVariable(e, variable, spec))
          .orElse(e);
    }
  }

  private static LmException.Unauthorized withVariable(
      LmException.Unauthorized error, String variable, ModelSpec spec) {
    String where = spec.variable(variable).isPresent() ? "which is set" : "which is not set";
    return new LmException.Unauthorized(
        "%s The key is read from %s, %s.".formatted(error.getMessage(), variable, where), error);
  }
}
