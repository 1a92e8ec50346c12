package dev.hone.langchain4j;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.langchain4j.message.Dialect;
import dev.hone.langchain4j.message.MessageMapping;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;

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
   * options, and the JSON schema or the tools where the program has some.
   *
   * @throws InvalidInputException as {@link #of(Compiled, Object)}
   */
  public static <I> ChatRequest requestOf(Compiled<I, ?> program, I input) {
    return requestOf(program.render(input));
  }

  /**
   * A request with its options, its JSON schema and its tools.
   *
   * @throws LmException.InvalidRequest if a message is blank, or has a part that LangChain4j does
   *     not pass on
   */
  public static ChatRequest requestOf(LmRequest request) {
    return Dialect.Common.of(ModelProvider.OTHER).of(request, false);
  }
}
