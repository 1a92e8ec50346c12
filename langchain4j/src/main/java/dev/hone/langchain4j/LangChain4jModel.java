package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
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
  private final RequestMapping requests;
  private final ResponseMapping responses;
  private final ErrorMapping errors;
  private final @Nullable ModelIdentity identity;

  private LangChain4jModel(
      ChatModel model,
      String id,
      Capabilities capabilities,
      boolean holdsCredentials,
      RequestMapping requests,
      Secrets secrets,
      @Nullable ModelIdentity identity) {
    this.model = model;
    this.id = id;
    this.capabilities = capabilities;
    this.holdsCredentials = holdsCredentials;
    this.requests = requests;
    this.responses = new ResponseMapping(id);
    this.errors = new ErrorMapping(id, secrets);
    this.identity = identity;
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
    RequestMapping requests =
        new RequestMapping.Common(model.provider() == ModelProvider.ANTHROPIC);
    return new LangChain4jModel(model, id, offered, true, requests, Secrets.unknown(), null);
  }

  private static void requireBoth(@Nullable ChatModel model, @Nullable String id) {
    if (model == null) {
      throw InvalidInputException.of(
          "The chat model is null", "what should have made it returned nothing");
    }
    if (id == null || id.isBlank()) {
      throw InvalidInputException.of(
          "The model's id is " + (id == null ? "null" : "blank"), "use vendor:model");
    }
  }

  /** A model that speaks OpenAI's protocol. */
  static LangChain4jModel openAi(
      ChatModel model,
      ModelIdentity identity,
      Capabilities capabilities,
      @Nullable String apiKey,
      RequestMapping requests) {
    Secrets secrets = apiKey == null ? Secrets.unknown() : Secrets.of(apiKey);
    return new LangChain4jModel(
        model, identity.id(), capabilities, apiKey != null, requests, secrets, identity);
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
    return new LangChain4jModel(
        model, id, value, holdsCredentials, requests, errors.secrets(), identity);
  }

  @Override
  public LmResponse call(LmRequest request) {
    try {
      ChatRequest asked = requests.of(request);
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
   * The id, the server and the credential, with what the model offers, for the models of {@link
   * OpenAiModels}; else empty, since a chat model does not show where it is and with which key.
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
