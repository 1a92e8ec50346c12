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
 * <p>A decorator that overrides {@link #call(LmRequest)} only gives replies in one piece. One that
 * is to stream overrides {@link #call(LmRequest, ReplyListener)}, too.
 *
 * <p>Give options to the decorator, {@code new Journal(model).withOptions(…)}: those of a model
 * within it are known to no cache, and no draw of an optimizer wins over them.
 */
public abstract class ForwardingLanguageModel implements LanguageModel {
  private static final ClassValue<Boolean> CALLS_ONLY =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return answersCallsOnly(type);
        }
      };

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

  /**
   * Forwards the call and what arrives; in one piece, by {@link #call(LmRequest)}, where a subclass
   * overrides that method only, so that no decorator is passed by.
   */
  @Override
  public LmResponse call(LmRequest request, ReplyListener listener) {
    return CALLS_ONLY.get(getClass())
        ? LanguageModel.super.call(request, listener)
        : delegate.call(request, listener);
  }

  /** Whether a class answers calls by a method of its own, and told ones by one from above it. */
  private static boolean answersCallsOnly(Class<?> type) {
    try {
      Class<?> call = type.getMethod("call", LmRequest.class).getDeclaringClass();
      Class<?> told =
          type.getMethod("call", LmRequest.class, ReplyListener.class).getDeclaringClass();
      return call != told && told.isAssignableFrom(call);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A model has no method call", e);
    }
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
  public String toString() {
    return getClass().getSimpleName() + "[" + delegate + "]";
  }
}
