package dev.hone.optimize.fake;

import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.MessagePart;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts calls and tokens, and reports tokens that differ from call to call: of the prompt a
 * quarter to a third of its letters, of the reply 3 to 42. A plain question of a judge is answered
 * itself. Thread-safe.
 */
public final class CountingModel extends ForwardingLanguageModel {
  /** What a judge asks; its calls are counted by themselves, too. */
  public static final String JUDGE = "judge this";

  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong judged = new AtomicLong();
  private final AtomicLong promptTokens = new AtomicLong();
  private final AtomicLong completionTokens = new AtomicLong();

  /** Counts the calls of a model. */
  public CountingModel(LanguageModel model) {
    super(model);
  }

  @Override
  public LmResponse call(LmRequest request) {
    String text = request.messages().toString();
    LmUsage usage = usage(text);
    calls.incrementAndGet();
    promptTokens.addAndGet(usage.promptTokens());
    completionTokens.addAndGet(usage.completionTokens());
    if (request.messages().get(0).text().equals(JUDGE)) {
      judged.incrementAndGet();
      return LmResponse.of("fine", usage, id());
    }
    String reply = ((MessagePart.Text) super.call(request).parts().get(0)).text();
    return LmResponse.of(reply, usage, id());
  }

  private static LmUsage usage(String text) {
    int spread = Math.floorMod(text.hashCode(), 40);
    return LmUsage.of(Math.round(text.length() / (3 + spread / 40.0)), 3 + spread);
  }

  /** All calls. */
  public long calls() {
    return calls.get();
  }

  /** Those of a judge. */
  public long judged() {
    return judged.get();
  }

  /** All tokens. */
  public LmUsage usage() {
    return LmUsage.of(promptTokens.get(), completionTokens.get());
  }
}
