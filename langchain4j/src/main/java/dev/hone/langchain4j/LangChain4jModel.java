package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.known.CapabilityProbe;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.message.ResponseMapping;
import dev.hone.langchain4j.message.StreamedChat;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.langchain4j.wire.ErrorMapping;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ModelIdentity;
import dev.hone.lm.ReplyListener;
import dev.hone.lm.batch.BatchApi;
import dev.hone.lm.batch.BatchLanguageModel;
import dev.hone.lm.bridge.RefusedOptions;
import dev.hone.lm.bridge.Secrets;
import dev.hone.lm.bridge.SentFiles;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
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
public final class LangChain4jModel implements BatchLanguageModel {
  private final ChatModel model;
  private final @Nullable Supplier<StreamedChat> streamed;
  private final String id;
  private final Capabilities capabilities;
  private final boolean holdsCredentials;
  private final Dialect dialect;
  private final ResponseMapping responses;
  private final ErrorMapping errors;
  private final @Nullable ModelIdentity identity;
  private final RefusedOptions refused;
  private final @Nullable BatchApi batchApi;

  private LangChain4jModel(
      ChatModel model,
      @Nullable Supplier<StreamedChat> streamed,
      Dialect dialect,
      Capabilities capabilities,
      ErrorMapping errors,
      @Nullable Endpoint endpoint) {
    this.model = model;
    this.streamed = streamed;
    this.id = errors.modelId();
    this.capabilities = capabilities;
    this.holdsCredentials = endpoint == null || endpoint.key() != null;
    this.dialect = dialect;
    this.responses = new ResponseMapping(id);
    this.errors = errors;
    this.identity = endpoint == null ? null : endpoint.identity();
    this.refused = identity == null ? RefusedOptions.none() : RefusedOptions.of(identity);
    this.batchApi = null;
  }

  private LangChain4jModel(
      LangChain4jModel other, Capabilities capabilities, @Nullable BatchApi batchApi) {
    this.batchApi = batchApi;
    this.model = other.model;
    this.streamed = other.streamed;
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
   * that it calls them natively; images, recordings, videos and PDFs are sent as they are given.
   * Where the chat model refuses {@code max_tokens}, the limit goes by OpenAI's newer name, or, to
   * chat models of other providers than OpenAI, is left out.
   *
   * @param id the name in reports, cache keys and files, such as {@code anthropic:claude-x}; two
   *     models that answer differently need different ones
   * @throws InvalidInputException if the chat model is null, or the id null or blank
   */
  public static LangChain4jModel of(ChatModel model, String id) {
    requireBoth(model, id);
    return of(model, null, id);
  }

  private static LangChain4jModel of(
      ChatModel model, @Nullable Supplier<StreamedChat> streamed, String id) {
    Capabilities offered =
        Capabilities.builder()
            .jsonSchema(
                model.supportedCapabilities().contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA))
            .images(true)
            .files(SentFiles.ALL)
            .build();
    Dialect dialect = Dialect.of(model);
    return new LangChain4jModel(
        model, streamed, dialect, offered, new ErrorMapping(id, Secrets.unknown()), null);
  }

  /**
   * Takes a streaming chat model. Its replies are told while they arrive to whoever listens, and
   * are waited for until they are whole, at most two minutes. All else is as in {@link #of}.
   *
   * @throws InvalidInputException if the chat model is null, or the id null or blank
   */
  public static LangChain4jModel ofStreaming(StreamingChatModel model, String id) {
    requireBoth(model, id);
    StreamedChat streamed = new StreamedChat(model, Endpoint.REPLY_TIMEOUT);
    return of(streamed, () -> streamed, id);
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
   * @param streaming makes the same with a streaming chat model; asked when a reply is first to be
   *     streamed
   * @param dialect how its requests are made
   */
  public static LangChain4jModel at(
      Endpoint endpoint,
      ChatModel model,
      Supplier<StreamingChatModel> streaming,
      Dialect dialect,
      Capabilities capabilities) {
    ErrorMapping errors = new ErrorMapping(endpoint.id(), endpoint.secrets());
    Supplier<StreamedChat> streamed = StreamedChat.once(streaming, endpoint.replyTimeout());
    return new LangChain4jModel(model, streamed, dialect, capabilities, errors, endpoint);
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
    return new LangChain4jModel(this, value, batchApi);
  }

  /** A copy that can be asked by a batch API, too; for the rooms of this module only. */
  public LangChain4jModel withBatchApi(BatchApi value) {
    return new LangChain4jModel(this, capabilities, value);
  }

  /** That of OpenAI's and Anthropic's models, and of servers that speak OpenAI's protocol. */
  @Override
  public Optional<BatchApi> batchApi() {
    return Optional.ofNullable(batchApi);
  }

  /**
   * A copy that offers what the model is found to offer by asking it: JSON schemas, tools, images.
   * For a server whose models no table knows. A model with an identity is asked once in a process.
   *
   * <p>Cost: three calls of a few tokens, one of them with a small image, the first time.
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
    return call(request, model::chat);
  }

  /**
   * Answers a request as {@link #call(LmRequest)}, and tells the reply while it arrives; in one
   * piece if this was made of a chat model that does not stream.
   */
  @Override
  public LmResponse call(LmRequest request, ReplyListener listener) {
    Supplier<StreamedChat> chat = streamed;
    if (chat == null) {
      return BatchLanguageModel.super.call(request, listener);
    }
    try {
      return call(request, asked -> chat.get().chat(asked, listener));
    } catch (StreamedChat.Stopped e) {
      throw e.unpacked();
    }
  }

  private LmResponse call(LmRequest request, Function<ChatRequest, ChatResponse> chat) {
    while (true) {
      LmRequest sent = refused.allowed(capabilities.temperature() ? request : unsampled(request));
      boolean otherLimit = refused.otherLimit();
      try {
        return answer(sent, otherLimit, chat);
      } catch (LmException.InvalidRequest e) {
        if (!refused.learn(e, sent, otherLimit)) {
          throw e;
        }
      }
    }
  }

  /** A request to a model that is known to take no temperature, nor the like of it. */
  private static LmRequest unsampled(LmRequest request) {
    return request.withOptions(request.options().toBuilder().temperature(null).topP(null).build());
  }

  private LmResponse answer(
      LmRequest request, boolean otherLimit, Function<ChatRequest, ChatResponse> chat) {
    try {
      return responses.of(chat.apply(dialect.of(request, otherLimit)));
    } catch (LmException | StreamedChat.Stopped e) {
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
