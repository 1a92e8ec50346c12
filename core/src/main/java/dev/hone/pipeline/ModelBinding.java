package dev.hone.pipeline;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;

/**
 * A model as a context or a part of a program calls it: its shared pipeline, and the options that
 * were given to the model itself. Immutable and thread-safe.
 */
public final class ModelBinding {
  private final LmPipeline pipeline;
  private final LmOptions options;

  private ModelBinding(LmPipeline pipeline, LmOptions options) {
    this.pipeline = pipeline;
    this.options = options;
  }

  /**
   * The binding of a model: the pipeline is that of the model without its options, see {@link
   * LmPipeline#of}. Of options that were given one after the other, the later ones win.
   *
   * @throws dev.hone.InvalidInputException if the model or its id is null
   */
  public static ModelBinding of(LanguageModel model) {
    LmPipeline pipeline = LmPipeline.of(model);
    return new ModelBinding(pipeline.withoutOptions(), pipeline.options());
  }

  /** The way of its calls. */
  public LmPipeline pipeline() {
    return pipeline;
  }

  /** The options that were given to the model; default: all left to the context. */
  public LmOptions options() {
    return options;
  }

  /** One line, such as {@code ModelBinding[openai:gpt-4o-mini]}. */
  @Override
  public String toString() {
    return "ModelBinding[" + pipeline.id() + "]";
  }
}
