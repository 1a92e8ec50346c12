package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.message.MessageMapping;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program asks, as LangChain4j's messages and requests, for an application that goes on with
 * LangChain4j's chat models. The instructions and demos that were learnt are in them. Makes no
 * call.
 */
public final class LangChain4jMessages {
  private LangChain4jMessages() {}

  /**
   * The messages that a compiled program of one predictor sends for an input: the system message
   * with the instructions, the demos as turns, then the input. They are written for the model of
   * the current context.
   *
   * @throws InvalidInputException if the program has several predictors, whose messages depend on
   *     each other's answers, or the model does not take what the input holds
   * @throws dev.hone.context.MissingModelException if there is no context with a model
   */
  public static <I> List<ChatMessage> of(Compiled<I, ?> program, I input) {
    return of(program.render(input));
  }

  /**
   * The messages of a request.
   *
   * @throws LmException.InvalidRequest if one is blank, or has a part that LangChain4j does not
   *     pass on
   */
  public static List<ChatMessage> of(LmRequest request) {
    return List.copyOf(MessageMapping.of(request.messages()));
  }

  /**
   * The whole request of a compiled program of one predictor for an input: the messages, the
   * options, and the JSON schema or the tools where the program has some. It has what all of
   * LangChain4j's providers share; for a certain chat model, see {@link #requestOf(Compiled,
   * Object, ChatModel)}.
   *
   * @throws InvalidInputException as {@link #of(Compiled, Object)}
   */
  public static <I> ChatRequest requestOf(Compiled<I, ?> program, I input) {
    return requestOf(program.render(input));
  }

  /**
   * The whole request of a compiled program of one predictor for an input, as the provider of a
   * chat model takes it, see {@link #requestOf(LmRequest, ChatModel)}.
   *
   * @param model that the request is for; it is not called
   * @throws InvalidInputException as {@link #of(Compiled, Object)}, or if the chat model is null
   */
  public static <I> ChatRequest requestOf(Compiled<I, ?> program, I input, ChatModel model) {
    return requestOf(program.render(input), model);
  }

  /**
   * A request with its options, its JSON schema and its tools, which has what all of LangChain4j's
   * providers share.
   *
   * @throws LmException.InvalidRequest if a message is blank, or has a part that LangChain4j does
   *     not pass on
   */
  public static ChatRequest requestOf(LmRequest request) {
    return Dialect.Common.of(ModelProvider.OTHER).of(request, false);
  }

  /**
   * A request as the provider of a chat model takes it: to OpenAI with a JSON schema as its strict
   * mode has it (else any JSON), and the newer limit on tokens where the model is known to insist
   * on that; to Anthropic with images in results of tools, and temperatures up to 1; to Mistral
   * with temperatures up to 1.5; to Gemini with arguments of tools in LangChain4j's own schemas. An
   * option that the model refuses all the same is not noticed here, since nothing is called: {@link
   * LangChain4jModel} leaves it out.
   *
   * @param model that the request is for; it is not called
   * @throws InvalidInputException if the chat model is null
   * @throws LmException.InvalidRequest as {@link #requestOf(LmRequest)}
   */
  public static ChatRequest requestOf(LmRequest request, ChatModel model) {
    if ((@Nullable ChatModel) model == null) {
      throw InvalidInputException.of(
          "The chat model is null", "pass the one that the request is for, or none");
    }
    return Dialect.of(model).of(request, false);
  }
}
