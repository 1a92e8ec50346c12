package dev.hone.springai;

import dev.hone.InvalidInputException;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.ReplyListener;
import dev.hone.lm.bridge.RefusedOptions;
import dev.hone.lm.bridge.Secrets;
import dev.hone.lm.bridge.SentFiles;
import dev.hone.springai.message.ErrorMapping;
import dev.hone.springai.message.PromptMapping;
import dev.hone.springai.message.ResponseMapping;
import dev.hone.springai.message.StreamedReply;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import reactor.core.publisher.Flux;

/**
 * Any Spring AI {@code ChatModel} as a Hone model. Thread-safe, as far as the chat model is.
 *
 * <pre>{@code
 * LanguageModel model = SpringAiModel.of(chatModel, "openai:gpt-4o-mini");
 * }</pre>
 *
 * <p>What a request says goes over the chat model's own options, which hold for all else. Build the
 * chat model without retries, such as by {@code maxRetries(0)} or {@code
 * spring.ai.openai.max-retries=0}: Hone's pipeline retries, sees every attempt and keeps the
 * budget; retries below it are invisible and hold a place in flight. A wait that a provider asks
 * for (Retry-After) is kept.
 *
 * <p>Limits of Spring AI: what was thought and signed does not go back to Anthropic; a tool's
 * failure is told by its text only; a required tool is the only one offered.
 *
 * <p>Errors: every exception comes out as an {@link LmException}. Texts that look like a credential
 * are removed from its message and from those of its causes.
 */
public final class SpringAiModel implements LanguageModel {
  private final ChatModel model;
  private final String id;
  private final Capabilities capabilities;
  private final ResponseMapping responses;
  private final ErrorMapping errors;
  private final RefusedOptions refused;

  private SpringAiModel(
      ChatModel model, String id, Capabilities capabilities, RefusedOptions refused) {
    this.model = model;
    this.id = id;
    this.capabilities = capabilities;
    this.responses = new ResponseMapping(id);
    this.errors = new ErrorMapping(id, Secrets.unknown());
    this.refused = refused;
    if (!capabilities.temperature()) {
      refused.addSampling();
    }
  }

  /**
   * Takes a chat model. It offers what the class of its options does: JSON schemas and calls of
   * tools, as those of all of Spring AI's large providers; images, recordings, videos and PDFs are
   * sent as they are given, since Spring AI does not tell which of them a model takes. It counts as
   * one that holds a credential, since most do.
   *
   * @param id the name in reports, cache keys and files, such as {@code openai:gpt-4o-mini}; two
   *     models that answer differently need different ones
   * @throws InvalidInputException if the chat model is null, or the id null or blank
   */
  public static SpringAiModel of(ChatModel model, String id) {
    if ((@Nullable ChatModel) model == null) {
      throw InvalidInputException.of(
          "The chat model is null", "what should have made it returned nothing");
    }
    if ((@Nullable String) id == null || id.isBlank()) {
      throw InvalidInputException.of(
          "The model's id is " + ((@Nullable String) id == null ? "null" : "blank"),
          "use vendor:model");
    }
    Capabilities offered =
        Capabilities.builder()
            .jsonSchema(model.getOptions() instanceof StructuredOutputChatOptions)
            .toolCalls(model.getOptions() instanceof ToolCallingChatOptions)
            .images(true)
            .files(SentFiles.ALL)
            .build();
    return new SpringAiModel(model, id, offered, RefusedOptions.none());
  }

  /**
   * A copy that offers something else, for a model that can do more, or less, than its options.
   *
   * @throws InvalidInputException if the value is null
   */
  public SpringAiModel withCapabilities(Capabilities value) {
    if ((@Nullable Capabilities) value == null) {
      throw InvalidInputException.of("The capabilities are null", "use Capabilities.TEXT");
    }
    return new SpringAiModel(model, id, value, RefusedOptions.none());
  }

  /**
   * Answers a request. Options that the model refuses, such as a temperature where it takes none,
   * are left out after the first refusal; that costs one refused attempt within this call, which
   * the budget does not see.
   */
  @Override
  public LmResponse call(LmRequest request) {
    return answered(request, this::called);
  }

  /**
   * Answers by {@code ChatModel.stream}; a chat model without it is called, and its reply told in
   * one piece. A stream that ends without a finish reason was broken off. Spring AI gives no
   * thoughts of Anthropic's models in a stream, and calls of tools when they are complete.
   */
  @Override
  public LmResponse call(LmRequest request, ReplyListener listener) {
    return answered(request, prompt -> streamed(prompt, listener));
  }

  private LmResponse answered(LmRequest request, Function<Prompt, LmResponse> provider) {
    while (true) {
      LmRequest sent = refused.allowed(request);
      boolean otherLimit = refused.otherLimit();
      try {
        return provider.apply(PromptMapping.of(sent, model.getOptions(), false, !otherLimit));
      } catch (LmException.InvalidRequest e) {
        if (!refused.learn(e, sent, otherLimit)) {
          throw e;
        }
      }
    }
  }

  private LmResponse called(Prompt prompt) {
    try {
      return responses.of(model.call(prompt));
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
  }

  private LmResponse streamed(Prompt prompt, ReplyListener listener) {
    Flux<ChatResponse> stream;
    try {
      stream = model.stream(prompt);
    } catch (UnsupportedOperationException e) {
      LmResponse whole = called(prompt);
      whole.tell(listener);
      return whole;
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
    return read(stream, new StreamedReply(responses, listener));
  }

  private LmResponse read(Flux<ChatResponse> stream, StreamedReply reply) {
    try (Stream<ChatResponse> pieces = opened(stream)) {
      Iterator<ChatResponse> iterator = pieces.iterator();
      while (true) {
        ChatResponse piece = next(iterator);
        if (piece == null) {
          return reply.whole();
        }
        reply.add(piece);
      }
    }
  }

  private Stream<ChatResponse> opened(Flux<ChatResponse> stream) {
    try {
      return stream.toStream(1);
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
  }

  /** The next piece; null at the end. What the listener throws is not mapped: it is not here. */
  private @Nullable ChatResponse next(Iterator<ChatResponse> pieces) {
    try {
      return pieces.hasNext() ? pieces.next() : null;
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
    return true;
  }

  @Override
  public String toString() {
    return "SpringAiModel[" + id + "]";
  }
}
