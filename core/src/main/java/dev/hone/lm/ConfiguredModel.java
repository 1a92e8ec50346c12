package dev.hone.lm;

/**
 * A model with options of its own: they win over those of a context, and share the pipeline of the
 * model. Immutable and thread-safe, if the model is.
 */
public final class ConfiguredModel implements LanguageModel {
  private final LanguageModel base;
  private final LmOptions options;

  /** A model with options. */
  ConfiguredModel(LanguageModel base, LmOptions options) {
    this.base = base;
    this.options = options;
  }

  /** The model without the options. */
  public LanguageModel base() {
    return base;
  }

  /** What was set for it. */
  public LmOptions options() {
    return options;
  }

  @Override
  public LmResponse call(LmRequest request) {
    return base.call(request.withOptions(request.options().mergedWith(options)));
  }

  @Override
  public String id() {
    return base.id();
  }

  @Override
  public Capabilities capabilities() {
    return base.capabilities();
  }

  @Override
  public boolean holdsCredentials() {
    return base.holdsCredentials();
  }
}
