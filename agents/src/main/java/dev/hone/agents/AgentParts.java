package dev.hone.agents;

import dev.hone.InvalidInputException;
import dev.hone.pipeline.ModelBinding;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolRunner;
import dev.hone.type.Field;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an agent is made of beside its step. Leads to no predictor, so that it is no record, in
 * which they are looked for.
 */
final class AgentParts<I, O> {
  private final Signature<I, O> signature;
  private final SubmitTool<O> submit;
  private final ToolRunner runner;
  private final AgentLimits limits;
  private final @Nullable ModelBinding model;
  private final Program<I, AgentResult<O>> results = new Results<>();

  private AgentParts(
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

  static <I, O> AgentParts<I, O> of(Signature<I, O> signature, Collection<? extends Tool> tools) {
    return new AgentParts<>(signature, checked(tools), AgentLimits.DEFAULTS, null);
  }

  private static ToolRunner checked(Collection<? extends Tool> tools) {
    for (Tool tool : tools) {
      if (tool.spec().name().equals(SubmitTool.NAME)) {
        throw InvalidInputException.of(
            "A tool is named \"submit\", by which agents give their answers",
            "rename it by tool.withName(\"submit_order\")");
      }
    }
    return ToolRunner.of(tools);
  }

  AgentParts<I, O> with(AgentLimits value) {
    return new AgentParts<>(signature, runner, value, model);
  }

  AgentParts<I, O> with(Collection<? extends Tool> value) {
    return new AgentParts<>(signature, checked(value), limits, model);
  }

  AgentParts<I, O> with(ModelBinding value) {
    return new AgentParts<>(signature, runner, limits, value);
  }

  Signature<I, O> signature() {
    return signature;
  }

  SubmitTool<O> submit() {
    return submit;
  }

  ToolRunner runner() {
    return runner;
  }

  AgentLimits limits() {
    return limits;
  }

  @Nullable ModelBinding model() {
    return model;
  }

  /** Whose outputs, in what is known of a run, are the results of the agent. */
  Program<I, AgentResult<O>> results() {
    return results;
  }

  /** The fields on both sides. */
  String name() {
    return names(signature.inputFields()) + " -> " + names(signature.outputFields());
  }

  private static String names(List<Field> fields) {
    return fields.stream().map(Field::name).collect(Collectors.joining(", "));
  }

  /** Stands for the agent as one that returns how it ended; never run. */
  private static final class Results<I, O> implements Program<I, AgentResult<O>> {
    @Override
    public AgentResult<O> run(I input) {
      throw new UnsupportedOperationException("A name in traces only");
    }
  }
}
