package dev.hone.tool;

import dev.hone.lm.ToolSpec;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.retrieve.Retriever;
import dev.hone.signature.Codec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a model may call. Made of a lambda, of a program, of a retriever, or of annotated methods
 * ({@link Tools}); a class of your own implements {@link #spec} and {@link #call}. Immutable and
 * thread-safe: calls of one turn run at once. {@link ToolRunner} runs the calls, within the tool's
 * {@link #limits}.
 *
 * <pre>{@code
 * record Query(@Desc("what to look for") String query, Optional<Integer> limit) {}
 *
 * Tool search =
 *     Tool.of("search", "finds passages of the corpus", Query.class, q -> index.find(q.query()))
 *         .timeout(Duration.ofSeconds(10));
 * }</pre>
 */
public interface Tool {
  /**
   * What runs when a tool is called.
   *
   * @param <A> the arguments
   */
  @FunctionalInterface
  interface Function<A> {
    /**
     * Runs the tool.
     *
     * @return a text, a {@link ToolOutput} or a part of a message as it is; a record, list, map,
     *     number or any other value that Hone writes as JSON; null
     * @throws Exception whatever goes wrong; the model is told its message
     */
    @Nullable Object apply(A arguments) throws Exception;
  }

  /**
   * A tool of a lambda or method reference.
   *
   * @param name 1 to 64 letters, digits, underscores and hyphens
   * @param description what it does and when to call it
   * @param arguments a record, whose components are the arguments
   * @param function runs it; on several threads at once
   * @throws dev.hone.InvalidInputException if the name or the record is none for a tool
   */
  static <A> Tool of(
      String name, String description, Class<A> arguments, Function<? super A> function) {
    return FunctionTool.of(name, description, Arguments.ofRecord(arguments), function);
  }

  /** A tool without arguments. */
  static Tool of(String name, String description, Callable<?> function) {
    return FunctionTool.of(
        name,
        description,
        Arguments.of(Codec.ofJson(List.of()), List.of()),
        none -> function.call());
  }

  /**
   * A tool that runs a program, under the context of the call: its calls are those of the run, its
   * predictors are found in what holds the tool, as {@code program} of it, and learn with it.
   *
   * @param input the program's input, a record whose components are the arguments
   */
  static <I> Tool of(String name, String description, Program<I, ?> program, Class<I> input) {
    return ProgramTool.of(name, description, Arguments.ofRecord(input), program);
  }

  /** A tool that runs a predictor, whose inputs are the arguments; as for any other program. */
  static <I> Tool of(String name, String description, Predict<I, ?> predict) {
    return ProgramTool.of(
        name, description, Arguments.of(predict.signature().input(), List.of()), predict);
  }

  /**
   * A tool that searches. Its one argument is {@code query}, a text; it returns the passages that
   * were found, nearest first, one to a line, each after its id in brackets. Costs no model call.
   *
   * @param description what it searches, and when to; an optimizer may find a better one
   * @param k the most passages per call
   * @throws dev.hone.InvalidInputException if the name is none for a tool, or k is less than 1
   */
  static Tool of(String name, String description, Retriever retriever, int k) {
    return FunctionTool.ofRetriever(name, description, retriever, k);
  }

  /** Its name, description and the JSON schema of its arguments. */
  ToolSpec spec();

  /**
   * Runs it.
   *
   * @param arguments the arguments as the model wrote them, which it converts to its own types; its
   *     own to change
   * @throws dev.hone.coerce.TypeMismatchException if the arguments do not fit
   * @throws ToolException what went wrong, in words for the model
   * @throws Exception whatever else goes wrong; the model is told its message
   */
  ToolOutput call(ObjectNode arguments) throws Exception;

  /**
   * The arguments as the tool will understand them: of their types, with defaults, in one form. A
   * permission sees them so, and nothing is called if they do not fit. Default: as they are.
   *
   * @throws dev.hone.coerce.TypeMismatchException if they do not fit, naming the path, what was
   *     found and what was expected
   * @throws ToolException if they do not fit, in words for the model
   */
  default ObjectNode read(ObjectNode arguments) {
    return arguments;
  }

  /** How it may be called; default: {@link ToolLimits#defaults}. */
  default ToolLimits limits() {
    return ToolLimits.defaults();
  }

  /** Its name, by which it is called. */
  default String name() {
    return spec().name();
  }

  /** A copy with other limits. */
  default Tool withLimits(ToolLimits limits) {
    return new AdaptedTool(this, spec(), limits);
  }

  /** A copy under another name, such as one with a prefix. */
  default Tool withName(String name) {
    ToolSpec spec = spec();
    return new AdaptedTool(
        this, ToolSpec.of(name, spec.description(), spec.parameters()), limits());
  }

  /** A copy with another description. */
  default Tool withDescription(String description) {
    return new AdaptedTool(this, spec().withDescription(description), limits());
  }

  /** A copy that is cancelled after this time; see {@link ToolLimits#timeout}. */
  default Tool timeout(Duration timeout) {
    return withLimits(limits().withTimeout(timeout));
  }

  /** A copy that runs at most this often in one run of an agent. */
  default Tool maxCalls(int most) {
    return withLimits(limits().withMaxCalls(most));
  }

  /** A copy that runs only if it is allowed; see {@link ToolLimits.Permission}. */
  default Tool permission(ToolLimits.Permission permission) {
    return withLimits(limits().withPermission(permission));
  }

  /** A copy whose results are cut after this many characters, and say so. */
  default Tool maxResultChars(int most) {
    return withLimits(limits().withMaxResultChars(most));
  }
}
