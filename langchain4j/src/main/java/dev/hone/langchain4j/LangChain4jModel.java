package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.known.CapabilityProbe;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.message.ResponseMapping;
import dev.hone.langchain4j.message.StreamedChat;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.langchain4j.wire.ErrorMapping;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import dev.hone.lm.bridge.RefusedOptions;
import dev.hone.lm.bridge.Secrets;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Any LangChain4j {@code ChatModel} as a Hone model. Thread-safe, as far as the chat model is.
 *
 * <p>Build the chat model with {@code maxRetries(0)}: Hone's pipeline retries, sees every attempt
 * and keeps the budget; retries below it are invisible and hold a place in flight. LangChain4j does
 * not hand on the Retry-After header; the models of {@link OpenAiModels} do.
 *
 * <p>Errors: every exception comes out as an {@link LmException}. Texts that look like a credential
 * are removed from its message and from those of its causes.
 */
public final class LangChain4jModel implements LanguageModel {
  private final ChatModel model;
  private final String id;
  private final Capabilities capabilities;
  private final boolean holdsCredentials;
  private final Dialect dialect;
  private final ResponseMapping responses;
  private final ErrorMapping errors;
  private final @Nullable ModelIdentity identity;
  private final RefusedOptions refused;

  private LangChain4jModel(
      ChatModel model,
      Dialect dialect,
      Capabilities capabilities,
      ErrorMapping errors,
      @Nullable Endpoint endpoint) {
    this.model = model;
    this.id = errors.modelId();
    this.capabilities = capabilities;
    this.holdsCredentials = endpoint == null || endpoint.key() != null;
    this.dialect = dialect;
    this.responses = new ResponseMapping(id);
    this.errors = errors;
    this.identity = endpoint == null ? null : endpoint.identity();
    this.refused = identity == null ? RefusedOptions.none() : RefusedOptions.of(identity);
    if (!capabilities.temperature()) {
      refused.addSampling();
    }
  }

  private LangChain4jModel(LangChain4jModel other, Capabilities capabilities) {
    this.model = other.model;
    this.id = other.id;
    this.capabilities = capabilities;
    this.holdsCredentials = other.holdsCredentials;
    this.dialect = other.dialect;
    this.responses = other.responses;
    this.errors = other.errors;
    this.identity = other.identity;
    this.refused = other.refused;
  }

  /**
   * Takes a chat model. It offers JSON schemas if its own capabilities say so, and counts as one
   * that holds a credential, since most do. LangChain4j does not tell whether a model calls tools
   * or takes images: tools are described and called in texts, unless {@link #withCapabilities} says
   * that it calls them natively; images are sent as they are given.
   *
   * @param id the name in reports, cache keys and files, such as {@code anthropic:claude-x}; two
   *     models that answer differently need different ones
   * @throws InvalidInputException if the chat model is null, or the id null or blank
   */
  public static LangChain4jModel of(ChatModel model, String id) {
    requireBoth(model, id);
    Capabilities offered =
        Capabilities.builder()
            .jsonSchema(
                model.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
            .images(true)
            .build();
    Dialect dialect = Dialect.Common.of(model.provider());
    return new LangChain4jModel(
        model, dialect, offered, new ErrorMapping(id, Secrets.unknown()), null);
  }

  /**
   * Takes a streaming chat model, whose replies are waited for until they are whole, at most two
   * minutes. All else is as in {@link #of}.
   *
   * @throws InvalidInputException if the chat model is null, or the id null or blank
   */
  public static LangChain4jModel ofStreaming(StreamingChatModel model, String id) {
    requireBoth(model, id);
    return of(new StreamedChat(model, Endpoint.REPLY_TIMEOUT), id);
  }

  private static void requireBoth(@Nullable Object model, @Nullable String id) {
    if (model == null) {
      throw InvalidInputException.of(
          "The chat model is null", "what should have made it returned nothing");
    }
    if (id == null || id.isBlank()) {
      throw InvalidInputException.of(
          "The model's id is " + (id == null ? "null" : "blank"), "use vendor:model");
    }
  }

  /**
   * A model that a room of this module has made, and knows where it is; for those rooms only.
   *
   * @param model built for the endpoint, without retries
   * @param dialect how its requests are made
   */
  public static LangChain4jModel at(
      Endpoint endpoint, ChatModel model, Dialect dialect, Capabilities capabilities) {
    ErrorMapping errors = new ErrorMapping(endpoint.id(), endpoint.secrets());
    return new LangChain4jModel(model, dialect, capabilities, errors, endpoint);
  }

  /**
   * A copy that offers something else, for a provider that can do more, or less, than it says.
   *
   * @throws InvalidInputException if the value is null
   */
  public LangChain4jModel withCapabilities(Capabilities value) {
    if ((@Nullable Capabilities) value == null) {
      throw InvalidInputException.of("The capabilities are null", "use Capabilities.TEXT");
    }
    return new LangChain4jModel(this, value);
  }

  /**
   * A copy that offers what the model is found to offer by asking it: JSON schemas, tools, images.
   * For a server whose models no table knows. A model with an identity is asked once in a process.
   *
   * <p>Cost: three calls of a few tokens, the first time.
   *
   * @throws LmException if a call fails for another reason than that something is not offered
   */
  public LangChain4jModel probed() {
    return withCapabilities(CapabilityProbe.of(this));
  }

  /**
   * Answers a request. Options that the model refuses, such as a temperature where it takes none,
   * are left out after the first refusal; that costs one refused attempt within this call, which
   * the budget does not see.
   */
  @Override
  public LmResponse call(LmRequest request) {
    while (true) {
      LmRequest sent = refused.allowed(request);
      boolean otherLimit = refused.otherLimit();
      try {
        return answer(sent, otherLimit);
      } catch (LmException.InvalidRequest e) {
        if (!refused.learn(e, sent, otherLimit)) {
          throw e;
        }
      }
    }
  }

  private LmResponse answer(LmRequest request, boolean otherLimit) {
    try {
      ChatRequest asked = dialect.of(request, otherLimit);
      ChatResponse answered = model.chat(asked);
      return responses.of(answered);
    } catch (LmException e) {
      throw e;
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public boolean holdsCredentials() {
    return holdsCredentials;
  }

  /**
   * The id, the server and the credential, with what the model offers, for the models that Hone
   * makes by their names; else empty, since a chat model does not show where it is and with which
   * key.
   */
  @Override
  public Optional<ModelIdentity> identity() {
    return Optional.ofNullable(identity).map(same -> same.withVariant(capabilities.toString()));
  }

  @Override
  public String toString() {
    return "LangChain4jModel[" + id + "]";
  }
}
