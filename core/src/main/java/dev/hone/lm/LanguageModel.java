package dev.hone.lm;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A language model that answers one request at a time. Providers implement it, and so do the steps
 * of the pipeline. Implementations are thread-safe.
 */
public interface LanguageModel {
  /**
   * The model that a text names, made by the {@link ModelProvider} on the class path that knows the
   * name, with its key, if it wants one, from the environment. Makes no call. The module {@code
   * hone-langchain4j} provides {@code openai:MODEL} and {@code openai-compatible:MODEL@URL}, {@code
   * hone-local} provides {@code embedded}; {@code openai/MODEL} is understood, too.
   *
   * @param name such as {@code openai:gpt-4o-mini}
   * @throws dev.hone.InvalidInputException if no provider knows such a model, the name is
   *     incomplete, or the key is missing
   */
  static LanguageModel named(String name) {
    return ModelSpec.parse(name).create();
  }

  /**
   * Answers a request, blocking until the answer is complete; never null. An implementation that
   * catches an {@link InterruptedException} must set the thread's interrupt again or throw {@link
   * LmException.Interrupted}: if it does neither, nothing is left that says that the caller wants
   * to stop, and the work goes on.
   *
   * @throws LmException if there is no answer; its type says whether trying again may help
   */
  LmResponse call(LmRequest request);

  /**
   * Answers a request, and tells a listener the reply while it arrives. Returns the same as {@link
   * #call(LmRequest)}, when the reply is complete. The listener is told on this thread, before the
   * call ends. A model that told something and then fails throws what it would throw otherwise; it
   * does not try again by itself.
   *
   * <p>Default: calls, and tells the whole reply in one piece, so that every model can be streamed.
   *
   * @throws LmException if there is no whole reply; what was told until then is a part of none
   */
  default LmResponse call(LmRequest request, ReplyListener listener) {
    LmResponse response = call(request);
    response.tell(listener);
    return response;
  }

  /** Names the model in reports, cache keys and files, for example {@code openai:gpt-4o-mini}. */
  String id();

  /** What the model offers natively. Default: plain text only. */
  default Capabilities capabilities() {
    return Capabilities.TEXT;
  }

  /**
   * Whether the model carries a credential, such as an API key. Such a model belongs into a
   * context, never into the defaults of the process. Default: false.
   */
  default boolean holdsCredentials() {
    return false;
  }

  /**
   * What makes two instances the same model, which then share one pipeline: its cache and its limit
   * on calls in flight. Default: empty, so that only the same instance is the same model.
   */
  default Optional<ModelIdentity> identity() {
    return Optional.empty();
  }

  /**
   * This model with options of its own, as in {@code model.withOptions(o -> o.temperature(0))}.
   * They win over those of a request and of a context. The model remains the same one: what is made
   * of it shares its cache and limits.
   *
   * @throws dev.hone.InvalidInputException if an option is out of its range
   */
  default ConfiguredModel withOptions(UnaryOperator<LmOptions.Builder> change) {
    return ConfiguredModel.of(this, LmOptions.defaults().with(change));
  }
}
