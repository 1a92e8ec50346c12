package dev.hone.exchange;

import dev.hone.context.Context;
import dev.hone.context.MissingModelException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;

/** Stands for a model where prompts are rendered and none is called. */
final class RenderingModel implements LanguageModel {
  private static final LanguageModel INSTANCE = new RenderingModel();

  private RenderingModel() {}

  /** The current context, with this in place of a model if it has none. */
  static Context context() {
    Context current = Context.current();
    try {
      current.lm();
      return current;
    } catch (MissingModelException e) {
      return current.toBuilder().lm(INSTANCE).build();
    }
  }

  @Override
  public LmResponse call(LmRequest request) {
    throw new IllegalStateException("A prompt is rendered, not sent");
  }

  @Override
  public String id() {
    return "none";
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.JSON_SCHEMA;
  }
}
