package dev.hone.lm;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A model with options of its own, which win over those of a request; see {@link
 * LanguageModel#withOptions}. What shares or caches calls takes the {@link #base()} and merges the
 * {@link #options()} into the request first, so that replies under other options are other replies.
 * Immutable.
 */
public final class ConfiguredModel implements LanguageModel {
  private final LanguageModel base;
  private final LmOptions options;

  private ConfiguredModel(LanguageModel base, LmOptions options) {
    this.base = base;
    this.options = options;
  }

  /** A model with options; those it has already stay where these leave them open. */
  static ConfiguredModel of(LanguageModel model, LmOptions options) {
    return model instanceof ConfiguredModel configured
        ? new ConfiguredModel(configured.base, configured.options.mergedWith(options))
        : new ConfiguredModel(model, options);
  }

  /** The model without options of its own; never a configured one. */
  public LanguageModel base() {
    return base;
  }

  /** The options of its own. */
  public LmOptions options() {
    return options;
  }

  /** The base with these options after some changes, which start from them. */
  @Override
  public ConfiguredModel withOptions(UnaryOperator<LmOptions.Builder> change) {
    return new ConfiguredModel(base, options.with(change));
  }

  /** Answers a request with these options over its own. */
  @Override
  public LmResponse call(LmRequest request) {
    return base.call(configured(request));
  }

  /** Answers a request with these options over its own, told while it arrives. */
  @Override
  public LmResponse call(LmRequest request, ReplyListener listener) {
    return base.call(configured(request), listener);
  }

  private LmRequest configured(LmRequest request) {
    return request.withOptions(request.options().mergedWith(options));
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

  /** That of the base: the options are no part of it. */
  @Override
  public Optional<ModelIdentity> identity() {
    return base.identity();
  }

  /** Whether the other has the same instance as its base, and equal options. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfiguredModel model
        && model.base == base
        && model.options.equals(options);
  }

  @Override
  public int hashCode() {
    return 31 * System.identityHashCode(base) + options.hashCode();
  }

  @Override
  public String toString() {
    return "ConfiguredModel[" + base.id() + ", " + options + "]";
  }
}
