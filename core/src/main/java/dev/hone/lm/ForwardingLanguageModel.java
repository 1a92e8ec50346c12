package dev.hone.lm;

/**
 * A model that forwards everything to another one; for decorators such as journals, caches and
 * fallbacks, which override what they change. Thread-safe, as far as the subclass and the model
 * are.
 *
 * <p>It has no {@link #identity()}: a decorated model is not the model, and whoever uses the one
 * must not get the pipeline of the other. A decorator that changes nothing may return that of
 * {@link #delegate()}.
 *
 * <p>Give options to the decorator, {@code new Journal(model).withOptions(…)}: those of a model
 * within it are known to no cache, and no draw of an optimizer wins over them.
 */
public abstract class ForwardingLanguageModel implements LanguageModel {
  private final LanguageModel delegate;

  /** Forwards to a model. */
  protected ForwardingLanguageModel(LanguageModel delegate) {
    this.delegate = delegate;
  }

  /** The model that everything is forwarded to. */
  protected final LanguageModel delegate() {
    return delegate;
  }

  @Override
  public LmResponse call(LmRequest request) {
    return delegate.call(request);
  }

  @Override
  public String id() {
    return delegate.id();
  }

  @Override
  public Capabilities capabilities() {
    return delegate.capabilities();
  }

  @Override
  public boolean holdsCredentials() {
    return delegate.holdsCredentials();
  }

  @Override
  public boolean isBatched() {
    return delegate.isBatched();
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + delegate + "]";
  }
}
