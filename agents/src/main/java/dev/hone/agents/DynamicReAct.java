package dev.hone.agents;

import dev.hone.agents.StepSignature.StepInput;
import dev.hone.agents.StepSignature.StepOutput;
import dev.hone.lm.LanguageModel;
import dev.hone.program.DynamicPredict;
import dev.hone.program.Predict;
import dev.hone.prompt.Demo;
import dev.hone.signature.Signature;
import dev.hone.tool.Tool;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent whose fields are known at run time only, made of a text such as {@code question ->
 * answer}: takes and returns maps of plain Java values, or JSON objects. In all else an agent like
 * any other. Immutable and thread-safe.
 *
 * <pre>{@code
 * DynamicReAct agent = ReAct.of("question -> answer", search);
 * Object answer = agent.run(Map.of("question", "Who wrote Dubliners?")).get("answer");
 * }</pre>
 */
public final class DynamicReAct extends ReAct<ObjectNode, ObjectNode> {
  private DynamicReAct(Predict<StepInput, StepOutput> step, Parts<ObjectNode, ObjectNode> parts) {
    super(step, parts);
  }

  /** An agent of a signature of JSON objects, such as one that was read from a file. */
  public static DynamicReAct ofSignature(
      Signature<ObjectNode, ObjectNode> signature, Collection<? extends Tool> tools) {
    return new DynamicReAct(Predict.of(StepSignature.of(signature)), Parts.of(signature, tools));
  }

  @Override
  DynamicReAct with(
      Predict<StepInput, StepOutput> newStep, Parts<ObjectNode, ObjectNode> newParts) {
    return new DynamicReAct(newStep, newParts);
  }

  /**
   * Runs the agent; errors as {@link ReAct#run}.
   *
   * @param values the inputs, as {@link DynamicPredict#inputs} takes them
   * @return the outputs, as {@link DynamicPredict#outputs} gives them
   */
  public Map<String, Object> run(Map<String, ?> values) {
    DynamicPredict fields = DynamicPredict.ofSignature(signature());
    return fields.outputs(run(fields.inputs(values)));
  }

  /** How a run ended; see {@link ReAct#answer}. */
  public AgentResult<ObjectNode> answer(Map<String, ?> values) {
    return answer(DynamicPredict.ofSignature(signature()).inputs(values));
  }

  @Override
  public DynamicReAct maxTurns(int value) {
    return (DynamicReAct) super.maxTurns(value);
  }

  @Override
  public DynamicReAct maxCalls(int value) {
    return (DynamicReAct) super.maxCalls(value);
  }

  @Override
  public DynamicReAct maxTokens(long value) {
    return (DynamicReAct) super.maxTokens(value);
  }

  @Override
  public DynamicReAct withTools(Collection<? extends Tool> values) {
    return (DynamicReAct) super.withTools(values);
  }

  @Override
  public DynamicReAct withTools(Tool... values) {
    return (DynamicReAct) super.withTools(values);
  }

  @Override
  public DynamicReAct withDemos(List<Demo> demos) {
    return (DynamicReAct) super.withDemos(demos);
  }

  @Override
  public DynamicReAct on(LanguageModel model) {
    return (DynamicReAct) super.on(model);
  }
}
