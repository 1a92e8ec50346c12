package dev.hone.agents;

import dev.hone.InvalidInputException;
import dev.hone.agents.StepSignature.StepInput;
import dev.hone.agents.StepSignature.StepOutput;
import dev.hone.context.Context;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ToolSpec;
import dev.hone.metric.RunTrace;
import dev.hone.pipeline.ModelBinding;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.prompt.Demo;
import dev.hone.prompt.Trajectory;
import dev.hone.signature.Signature;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolRunner;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent: a model that thinks, calls tools and looks at their results, turn by turn, until it
 * gives its answer by the tool {@code submit}, whose arguments are the fields of the output.
 * Immutable and thread-safe; one agent may run on any number of threads.
 *
 * <pre>{@code
 * ReAct<Question, Answer> agent =
 *     ReAct.of(Question.class, Answer.class, "Answer the question.", search).maxTurns(8);
 * Answer answer = context.call(() -> agent.run(new Question("Who wrote Dubliners?")));
 * }</pre>
 *
 * <ul>
 *   <li>A turn is one call of the predictor {@code step}, under any adapter: the model calls tools
 *       by native calls where it has them, and in the text of its reply otherwise.
 *   <li>The calls of a turn run at once; the model sees a result for each, in their order. An
 *       unknown tool, arguments that do not fit, an exception, a timeout, a denied permission and
 *       an answer that is not of its type are results, too, which say what to do. Each call is run
 *       once at most, and nothing that a model wrote is ever executed.
 *   <li>A call of {@code submit} beside others in a turn is looked at after them, and counts if all
 *       of them succeeded.
 *   <li>A reply without a call is told so once; two in a row, a reply that cannot be read, the same
 *       call failing with the same error three times, or a limit that is reached make the agent
 *       answer: by one last turn with no other tool than {@code submit}.
 *   <li>If the prompt no longer fits into the model's window, the older half of the turns is left
 *       out, and the prompt says so; then long results of the last turn are shortened; at most 8
 *       times a run, each for one call that failed.
 * </ul>
 *
 * <p>Its predictor is named {@code step}; those of programs among the tools are named {@code
 * tools['name'].program} and so on. What is learnt is bound to the names of tools, not to their
 * descriptions or arguments: tools can be added, removed and changed, and no signature changes. A
 * demo of {@code step} shows the run that led to it.
 *
 * <p>Cost: a run is at most {@code maxTurns + 1} turns, each as a {@link Predict}: 1 to 3 model
 * calls; 8 failed calls more at most where the window is too small; and what programs among the
 * tools cost. Determinism: for the same replies and results the same run, on any number of threads.
 * Source: Yao et al., "ReAct" (2023). Differs from DSPy's: how a run ended is part of the result; a
 * malformed call or answer goes back to the model rather than ending the run; there is no extra
 * call for the answer; never a result without outputs.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public sealed class ReAct<I, O> implements Program<I, O> permits DynamicReAct {
  private final Predict<StepInput, StepOutput> step;
  private final Map<String, Tool> tools;
  private final Parts<I, O> parts;

  ReAct(Predict<StepInput, StepOutput> step, Parts<I, O> parts) {
    this.parts = parts;
    this.tools = parts.runner.tools();
    List<ToolSpec> specs = new ArrayList<>(parts.runner.specs());
    specs.add(parts.submit.spec());
    this.step = step.withTools(specs);
  }

  /** What leads to no predictor; so no record, in which they are looked for. */
  static final class Parts<I, O> {
    final Signature<I, O> signature;
    final SubmitTool<O> submit;
    final ToolRunner runner;
    final AgentLimits limits;
    final @Nullable ModelBinding model;

    /** Whose outputs are the results of the agent's runs. */
    final Results<I, O> results = new Results<>();

    Parts(
        Signature<I, O> signature,
        ToolRunner runner,
        AgentLimits limits,
        @Nullable ModelBinding model) {
      this.signature = signature;
      this.submit = SubmitTool.of(signature.output());
      this.runner = runner;
      this.limits = limits;
      this.model = model;
    }

    static <I, O> Parts<I, O> of(Signature<I, O> signature, Collection<? extends Tool> tools) {
      return new Parts<>(signature, checked(tools), AgentLimits.DEFAULTS, null);
    }

    private Parts<I, O> with(AgentLimits value) {
      return new Parts<>(signature, runner, value, model);
    }

    private Parts<I, O> with(Collection<? extends Tool> value) {
      return new Parts<>(signature, checked(value), limits, model);
    }

    private Parts<I, O> with(ModelBinding value) {
      return new Parts<>(signature, runner, limits, value);
    }
  }

  /** Stands for the agent as one that returns how it ended, in what is known of a run. */
  private static final class Results<I, O> implements Program<I, AgentResult<O>> {
    @Override
    public AgentResult<O> run(I input) {
      throw new UnsupportedOperationException("A name in traces only");
    }
  }

  /**
   * An agent between two record classes.
   *
   * @param instructions what the model is to do
   * @param tools what it may call
   * @throws InvalidInputException if an input is named {@code trajectory}, {@code thought} or
   *     {@code calls}, a tool {@code submit}, two tools have one name, or as {@link
   *     Signature#of(Class, Class, String)}
   */
  public static <I, O> ReAct<I, O> of(
      Class<I> input, Class<O> output, String instructions, Tool... tools) {
    return of(Signature.of(input, output, instructions), List.of(tools));
  }

  /**
   * An agent between two record classes, with the tools of an object, of a server or of anything
   * else that gives several; as {@link #of(Class, Class, String, Tool...)}.
   */
  public static <I, O> ReAct<I, O> of(
      Class<I> input, Class<O> output, String instructions, Collection<? extends Tool> tools) {
    return of(Signature.of(input, output, instructions), tools);
  }

  /** An agent of a signature; errors as {@link #of(Class, Class, String, Tool...)}. */
  public static <I, O> ReAct<I, O> of(Signature<I, O> signature, Collection<? extends Tool> tools) {
    return new ReAct<>(Predict.of(StepSignature.of(signature)), Parts.of(signature, tools));
  }

  /**
   * An agent of the string form of a signature, such as {@code question -> answer: int}, that takes
   * and returns maps; with instructions made from the names of its fields.
   *
   * @throws InvalidInputException as {@link Signature#parse(String)} and {@link #of(Class, Class,
   *     String, Tool...)}
   */
  public static DynamicReAct of(String signature, Tool... tools) {
    return DynamicReAct.ofSignature(Signature.parse(signature), List.of(tools));
  }

  /**
   * An agent of the string form of a signature.
   *
   * @param instructions what the model is to do; blank for a sentence made from the field names
   * @throws InvalidInputException as {@link #of(String, Tool...)}
   */
  public static DynamicReAct of(
      String signature, String instructions, Collection<? extends Tool> tools) {
    return DynamicReAct.ofSignature(Signature.parse(signature, instructions), tools);
  }

  private static ToolRunner checked(Collection<? extends Tool> tools) {
    for (Tool tool : tools) {
      if (tool.spec().name().equals(SubmitTool.NAME)) {
        throw InvalidInputException.of(
            "A tool is named \"submit\", by which agents give their answers",
            "rename it, for example to submit_order");
      }
    }
    return ToolRunner.of(tools);
  }

  ReAct<I, O> with(Predict<StepInput, StepOutput> newStep, Parts<I, O> newParts) {
    return new ReAct<>(newStep, newParts);
  }

  /**
   * A copy that takes at most this many turns before it is made to answer. Default: 20.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public ReAct<I, O> maxTurns(int value) {
    return with(step, parts.with(parts.limits.withTurns(value)));
  }

  /**
   * A copy that runs at most this many tool calls, {@code submit} not counted. Calls beyond them
   * are not run, and the agent is made to answer after that turn. Default: 100.
   *
   * @throws InvalidInputException if it is negative
   */
  public ReAct<I, O> maxCalls(int value) {
    return with(step, parts.with(parts.limits.withCalls(value)));
  }

  /**
   * A copy that is made to answer once its run has used this many tokens, sent and received, those
   * of programs among the tools included. Known after each turn only, so the last turn and the
   * answer come on top; cached replies are free, and what a provider does not state is not counted.
   * A limit that no turn may exceed is a {@link dev.hone.context.Budget}. Default: no limit.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public ReAct<I, O> maxTokens(long value) {
    return with(step, parts.with(parts.limits.withTokens(value)));
  }

  /**
   * A copy with these tools in place of those before, and all else as it is.
   *
   * @throws InvalidInputException if a tool is named {@code submit}, or two have one name
   */
  public ReAct<I, O> withTools(Collection<? extends Tool> values) {
    return with(step, parts.with(values));
  }

  /** A copy with these tools in place of those before; as {@link #withTools(Collection)}. */
  public ReAct<I, O> withTools(Tool... values) {
    return withTools(List.of(values));
  }

  /**
   * A copy that shows these runs, such as those that {@link AgentWork#toDemo} makes of good ones.
   */
  public ReAct<I, O> withDemos(List<Demo> demos) {
    return with(step.withDemos(demos), parts);
  }

  /**
   * An agent of its own that is bound to a model, as are the programs among its tools that are not
   * bound to one themselves; see {@link Program#on}.
   */
  @Override
  public ReAct<I, O> on(LanguageModel model) {
    return with(step.on(model), parts.with(ModelBinding.of(model)));
  }

  /**
   * Runs the agent and returns its answer, given by itself or forced.
   *
   * @throws AgentGaveUpException if it has none; tells why, and what it did
   * @throws InvalidInputException before any call, if the input is null or has null in a field that
   *     is not optional
   * @throws dev.hone.lm.LmException if the model gives no reply, or the run is ended by the budget,
   *     an interrupt or a veto; what was done by then is in {@link UnfinishedAgentException#workOf}
   */
  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> outputOf(answer(input)));
  }

  private static <O> O outputOf(AgentResult<O> result) {
    if (result instanceof AgentResult.GaveUp<O> end) {
      throw new AgentGaveUpException(end);
    }
    return result.answer().orElseThrow();
  }

  /**
   * Runs the agent and returns how it ended: its answer, given by itself or forced, or that it gave
   * up; with all that it did. Errors as {@link #run}, but for giving up, which is a result.
   */
  public AgentResult<O> answer(I input) {
    ObjectNode inputs = encode(input);
    return ProgramRunner.runPart(parts.results, () -> bound(inputs));
  }

  private AgentResult<O> bound(ObjectNode inputs) {
    AgentRun<O> run = new AgentRun<>(this, inputs);
    return parts.model == null
        ? run.run()
        : Context.current().withModel(parts.model).call(run::run);
  }

  private ObjectNode encode(I input) {
    return parts.signature.input().encodeComplete(input, "input of " + name());
  }

  /** How the agent ended in a run that a metric scores, the last time; empty if it did not run. */
  public Optional<AgentResult<O>> result(RunTrace run) {
    return run.output(parts.results);
  }

  /**
   * How the agent ended each time in a run that a metric scores, in order; those times are left out
   * that an exception ended.
   */
  public List<AgentResult<O>> results(RunTrace run) {
    return run.outputs(parts.results);
  }

  /**
   * The exact request of the first turn, under the current context. Nothing is called.
   *
   * @throws InvalidInputException as {@link #run}
   */
  public LmRequest render(I input) {
    return step.render(new StepInput(encode(input), Trajectory.empty()));
  }

  /** What it takes and returns. */
  public Signature<I, O> signature() {
    return parts.signature;
  }

  /** The tools by name, in their order, without {@code submit}; read-only. */
  public Map<String, Tool> tools() {
    return tools;
  }

  /** The predictor of its turns; its state is what optimizers learn. */
  public Predict<?, ?> step() {
    return step;
  }

  Predict<StepInput, StepOutput> stepPredictor() {
    return step;
  }

  ToolRunner runner() {
    return parts.runner;
  }

  SubmitTool<O> submit() {
    return parts.submit;
  }

  AgentLimits limits() {
    return parts.limits;
  }

  /** The fields on both sides. */
  String name() {
    return names(parts.signature.inputFields()) + " -> " + names(parts.signature.outputFields());
  }

  private static String names(List<Field> fields) {
    return fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  /** One line, such as {@code ReAct[question -> answer, tools search, lookup]}. */
  @Override
  public String toString() {
    String with = tools.isEmpty() ? "no tools" : "tools " + String.join(", ", tools.keySet());
    return "ReAct[%s, %s]".formatted(name(), with);
  }
}
