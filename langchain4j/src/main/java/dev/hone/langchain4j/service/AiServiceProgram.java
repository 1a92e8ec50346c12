package dev.hone.langchain4j.service;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.data.Example;
import dev.hone.langchain4j.message.MessageMapping;
import dev.hone.lm.LanguageModel;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import dev.langchain4j.data.message.ChatMessage;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A method of an AI service that exists already, as a program. The service is an interface as
 * LangChain4j's {@code AiServices} takes it; nothing of it changes, and what it takes and returns
 * need be no records: texts, enums, booleans, numbers, dates, classes with fields, and lists, sets,
 * maps and optionals of those.
 *
 * <pre>{@code
 * var classify = AiServiceProgram.of(SupportDesk.class, SupportDesk::classify);
 * var examples = Dataset.of(List.of(
 *     classify.example(desk -> desk.classify("I want my money back."), Intent.REFUND), ...));
 * var tuned = context.call(
 *     () -> MiproV2.light().compile(classify, examples, classify.exact()));
 * SupportDesk desk = classify.asService(tuned, model);
 * }</pre>
 *
 * <p>Its instructions are the texts of {@code @SystemMessage} and {@code @UserMessage}, with the
 * names of fields for the variables, whose values are sent in places of their own. A memory, a
 * stream and a date that LangChain4j would fill in are refused, since examples could not have them.
 * In and out are JSON objects: one field for each parameter, and one for the value that is
 * returned, or one for each of its parts. Immutable and thread-safe.
 *
 * <p>Cost: as {@link Predict}, unless {@link #as} says otherwise.
 *
 * @param <S> the service
 * @param <O> what the method returns
 */
public final class AiServiceProgram<S, O> implements Program<ObjectNode, ObjectNode> {
  private final Class<S> service;
  private final ServiceMethod method;
  private final Program<ObjectNode, ObjectNode> body;

  private AiServiceProgram(
      Class<S> service, ServiceMethod method, Program<ObjectNode, ObjectNode> body) {
    this.service = service;
    this.method = method;
    this.body = body;
  }

  /**
   * The program of a method of one parameter.
   *
   * @param reference such as {@code SupportDesk::classify}
   * @throws InvalidInputException if the type is no interface, or the method cannot be a program;
   *     the message says why
   */
  public static <S, A, O> AiServiceProgram<S, O> of(
      Class<S> service, ServiceCall.One<S, A, O> reference) {
    return ofMethod(service, recorded(service, s -> reference.call(s, nothing())));
  }

  /** The program of a method of two parameters; errors as of one. */
  public static <S, A, B, O> AiServiceProgram<S, O> of(
      Class<S> service, ServiceCall.Two<S, A, B, O> reference) {
    return ofMethod(service, recorded(service, s -> reference.call(s, nothing(), nothing())));
  }

  /** The program of a method of three parameters; errors as of one. */
  public static <S, A, B, C, O> AiServiceProgram<S, O> of(
      Class<S> service, ServiceCall.Three<S, A, B, C, O> reference) {
    return ofMethod(
        service, recorded(service, s -> reference.call(s, nothing(), nothing(), nothing())));
  }

  /**
   * The program of a method by its name; errors as of one parameter.
   *
   * @throws InvalidInputException if there is not exactly one method of that name; of several, one
   *     is chosen by {@link #of(Class, Method)}
   */
  public static <S> AiServiceProgram<S, Object> of(Class<S> service, String name) {
    List<Method> all = Arrays.asList(service.getMethods());
    List<Method> found = all.stream().filter(m -> m.getName().equals(name)).toList();
    if (found.size() != 1) {
      throw InvalidInputException.of(
          "%s has %d methods \"%s\", expected one"
              .formatted(service.getSimpleName(), found.size(), name),
          found.isEmpty()
              ? "use one of " + all.stream().map(Method::getName).distinct().toList()
              : "name its parameters, by " + byMethod(service.getSimpleName(), name));
    }
    return ofMethod(service, found.get(0));
  }

  /**
   * The program of a method, as for one of several of the same name; errors as of one parameter.
   *
   * @param method such as {@code SupportDesk.class.getMethod("classify", String.class)}
   * @throws InvalidInputException if it is no method of that interface
   */
  public static <S> AiServiceProgram<S, Object> of(Class<S> service, Method method) {
    if ((@Nullable Method) method == null) {
      throw InvalidInputException.of(
          "The method is null",
          "pass one of %s.class.getMethods()".formatted(service.getSimpleName()));
    }
    if (!service.isInterface() || !Arrays.asList(service.getMethods()).contains(method)) {
      throw InvalidInputException.of(
          "%s.%s is no method of an interface %s"
              .formatted(
                  method.getDeclaringClass().getSimpleName(),
                  method.getName(),
                  service.getSimpleName()),
          "pass the interface that is given to AiServices, and one of its getMethods()");
    }
    return ofMethod(service, method);
  }

  /** How one of several methods of a name is chosen, for messages. */
  static String byMethod(String service, String name) {
    return "AiServiceProgram.of(%s.class, %s.class.getMethod(\"%s\", ...))"
        .formatted(service, service, name);
  }

  private static <S, O> AiServiceProgram<S, O> ofMethod(Class<S> service, Method method) {
    ServiceMethod read = ServiceMethod.of(method);
    return new AiServiceProgram<>(service, read, Predict.of(read.signature()));
  }

  private static <S> Method recorded(Class<S> service, Consumer<S> code) {
    return RecordedCall.of(service, code).method();
  }

  /** An argument that nobody looks at. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  /**
   * A copy whose calls are made another way, such as {@code ChainOfThought::of}, or, for a service
   * with tools, {@code signature -> ReAct.of(signature, LangChain4jTools.of(new Orders()))}.
   */
  public AiServiceProgram<S, O> as(
      Function<Signature<ObjectNode, ObjectNode>, ? extends Program<ObjectNode, ObjectNode>> way) {
    return new AiServiceProgram<>(service, method, way.apply(signature()));
  }

  /** What it takes and returns, to read data by: {@code Dataset.ofCsv(file, signature)}. */
  public Signature<ObjectNode, ObjectNode> signature() {
    return method.signature();
  }

  /**
   * An example: a call of the method, which is not carried out, and what it should return.
   *
   * @param call such as {@code desk -> desk.classify("I want my money back.")}
   * @throws InvalidInputException if it does not call the method once, or a value does not fit
   */
  public Example<ObjectNode, ObjectNode> example(Function<S, O> call, O expected) {
    RecordedCall recorded =
        RecordedCall.of(
            service,
            s -> {
              O ignored = call.apply(s);
            });
    if (!recorded.method().equals(method.method())) {
      throw InvalidInputException.of(
          "The example calls %s, and the program is %s"
              .formatted(recorded.method().getName(), method),
          "call " + method.method().getName());
    }
    return Example.of(method.input(recorded.arguments()), method.output(expected));
  }

  /** Scores 1 where all that is returned equals the label, else 0. */
  public Metric<ObjectNode, ObjectNode> exact() {
    return Metric.ofBoolean("exact match", (expected, actual) -> expected.equals(actual));
  }

  /**
   * Scores with the values that the method returns.
   *
   * @param scorer the score of what should be returned, and what was: 0 to 1
   */
  public Metric<ObjectNode, ObjectNode> metric(
      String name, ToDoubleBiFunction<? super O, ? super O> scorer) {
    return Metric.of(
        name, (expected, actual) -> scorer.applyAsDouble(value(expected), value(actual)));
  }

  /** The value that an output of this program stands for, as the method returns it. */
  @SuppressWarnings("unchecked")
  public O value(ObjectNode output) {
    return (O) Objects.requireNonNull(method.value(output));
  }

  /**
   * The service, whose method is answered by a program. Its other methods are answered by programs
   * of their own as they are written; see {@link TunedService} to tune several of them, or to leave
   * them to the service as it is.
   *
   * @param tuned what an optimizer made of this program, or this program itself
   * @param model that answers; a chat model is one by {@link
   *     dev.hone.langchain4j.LangChain4jModel#of}
   */
  public S asService(Program<ObjectNode, ObjectNode> tuned, LanguageModel model) {
    return TunedService.of(service, model).with(this, tuned).build();
  }

  /**
   * The service, whose other methods are those of the service as {@code AiServices} made it.
   *
   * @param original answers all other methods
   */
  public S asService(Program<ObjectNode, ObjectNode> tuned, LanguageModel model, S original) {
    return TunedService.of(service, model).with(this, tuned).otherwise(original).build();
  }

  /**
   * The messages that a tuned program sends for a call, for an application that goes on with
   * LangChain4j's chat models: under the current context, whose model they are for.
   *
   * @param tuned what an optimizer made of this program
   * @param call such as {@code desk -> desk.classify("I want my money back.")}
   * @throws InvalidInputException if the program has several predictors
   */
  public List<ChatMessage> messages(Compiled<ObjectNode, ObjectNode> tuned, Consumer<S> call) {
    var predictors = Predictors.of(this).byName().keySet();
    if (predictors.size() != 1) {
      throw InvalidInputException.of(
          "The program %s makes several calls, %s, whose messages depend on each other"
              .formatted(this, predictors),
          "use asService");
    }
    ObjectNode input = method.input(RecordedCall.of(service, call).arguments());
    return MessageMapping.of(tuned.render(predictors.iterator().next(), input).messages());
  }

  @Override
  public ObjectNode run(ObjectNode input) {
    return body.run(input);
  }

  Method javaMethod() {
    return method.method();
  }

  /** Answers a call of the method by a program. */
  @Nullable Object answer(Program<ObjectNode, ObjectNode> tuned, @Nullable Object... arguments) {
    return method.value(tuned.run(method.input(arguments)));
  }

  /** One line, such as {@code AiServiceProgram[SupportDesk.classify(message: str -> ...)]}. */
  @Override
  public String toString() {
    return "AiServiceProgram[" + method + "]";
  }
}
