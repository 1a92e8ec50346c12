package dev.hone.optimize.mipro;

import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.candidate.ToolDescriptionCandidate;
import dev.hone.optimize.run.EstimatedTokens;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All candidates of all predictors, and what a configuration of them means. Dimensions go predictor
 * by predictor: instructions, then demo sets, then tool descriptions where there are several.
 * Immutable.
 *
 * @param instructions each predictor's instructions, the original first
 * @param demoSets each predictor's demo sets
 * @param toolDescriptions the descriptions of tools of each predictor for which some were proposed,
 *     those that it came with first; at least two for each
 * @param initial the state that the program began with
 */
public record CandidateSpace(
    Map<String, List<InstructionCandidate>> instructions,
    Map<String, List<DemoCandidate>> demoSets,
    Map<String, List<ToolDescriptionCandidate>> toolDescriptions,
    ProgramState initial) {
  /** Copies the maps, keeping their order. */
  public CandidateSpace {
    toolDescriptions = Collections.unmodifiableMap(new LinkedHashMap<>(toolDescriptions));
    instructions = Collections.unmodifiableMap(new LinkedHashMap<>(instructions));
    demoSets = Collections.unmodifiableMap(new LinkedHashMap<>(demoSets));
  }

  /** A space in which tools are described as the program came with them. */
  public CandidateSpace(
      Map<String, List<InstructionCandidate>> instructions,
      Map<String, List<DemoCandidate>> demoSets,
      ProgramState initial) {
    this(instructions, demoSets, Map.of(), initial);
  }

  /** The dimensions that a search chooses in. */
  public SearchSpace searchSpace() {
    List<Dimension> dimensions = new ArrayList<>();
    for (String predictor : instructions.keySet()) {
      dimensions.add(
          new Dimension(predictor, Dimension.Part.INSTRUCTIONS, instructionsOf(predictor).size()));
      dimensions.add(new Dimension(predictor, Dimension.Part.DEMOS, demoSetsOf(predictor).size()));
      if (toolDescriptions.containsKey(predictor)) {
        dimensions.add(
            new Dimension(predictor, Dimension.Part.TOOLS, descriptionsOf(predictor).size()));
      }
    }
    return new SearchSpace(dimensions);
  }

  /** The configuration that equals what the program began with. */
  public Configuration baseline() {
    List<Integer> choices = new ArrayList<>();
    for (String predictor : instructions.keySet()) {
      choices.add(0);
      choices.add(indexOf(demoSetsOf(predictor), initial.of(predictor).demos()));
      if (toolDescriptions.containsKey(predictor)) {
        choices.add(0);
      }
    }
    return new Configuration(choices);
  }

  private static int indexOf(List<DemoCandidate> sets, List<Demo> demos) {
    for (int i = 0; i < sets.size(); i++) {
      if (sets.get(i).demos().equals(demos)) {
        return i;
      }
    }
    throw new IllegalStateException("The student's own demos are always a candidate");
  }

  /** The state that a configuration stands for. */
  public ProgramState state(Configuration configuration) {
    Map<String, PredictorState> states = new LinkedHashMap<>();
    for (String predictor : instructions.keySet()) {
      Picked picked = picked(predictor, configuration);
      states.put(
          predictor,
          new PredictorState(picked.instruction().text(), picked.demoSet().demos())
              .withToolDescriptions(picked.tools().descriptions()));
    }
    return new ProgramState(states);
  }

  /**
   * What a configuration gives one predictor.
   *
   * @param toolIndex which tool descriptions; 0 where there is nothing to choose
   */
  record Picked(
      int instructionIndex,
      InstructionCandidate instruction,
      int demoSetIndex,
      DemoCandidate demoSet,
      int toolIndex,
      ToolDescriptionCandidate tools) {}

  /** What a configuration gives a predictor. */
  Picked picked(String predictor, Configuration configuration) {
    int dimension = instructionDimension(predictor);
    int instruction = configuration.choice(dimension);
    int demoSet = configuration.choice(dimension + 1);
    int tools = toolIndex(predictor, configuration);
    return new Picked(
        instruction,
        instructionsOf(predictor).get(instruction),
        demoSet,
        demoSetsOf(predictor).get(demoSet),
        tools,
        toolDescriptions.containsKey(predictor)
            ? descriptionsOf(predictor).get(tools)
            : ToolDescriptionCandidate.original(initial.of(predictor).toolDescriptions()));
  }

  private int toolIndex(String predictor, Configuration configuration) {
    return toolDescriptions.containsKey(predictor)
        ? configuration.choice(instructionDimension(predictor) + 2)
        : 0;
  }

  /** A configuration as reports name it, such as {@code i1 d2}, or {@code i1 d2 t1} with tools. */
  String name(Configuration configuration) {
    return instructions.keySet().stream()
        .map(
            predictor -> {
              int dimension = instructionDimension(predictor);
              String tools =
                  toolDescriptions.containsKey(predictor)
                      ? " t" + toolIndex(predictor, configuration)
                      : "";
              return "i%d d%d%s"
                  .formatted(
                      configuration.choice(dimension), configuration.choice(dimension + 1), tools);
            })
        .collect(Collectors.joining(" | "));
  }

  /**
   * The tokens of a run of a configuration, estimated.
   *
   * @param ofExample those of an example's own texts, which each predictor is given
   */
  double tokensPerRun(Configuration configuration, double ofExample) {
    return ofExample * instructions.size() + EstimatedTokens.ofState(state(configuration));
  }

  /** The dimension of a predictor's instructions. */
  int instructionDimension(String predictor) {
    int dimension = 0;
    for (String before : instructions.keySet()) {
      if (before.equals(predictor)) {
        break;
      }
      dimension += toolDescriptions.containsKey(before) ? 3 : 2;
    }
    return dimension;
  }

  /** A copy in which predictors have more instructions. */
  CandidateSpace withMoreInstructions(Map<String, List<InstructionCandidate>> more) {
    Map<String, List<InstructionCandidate>> all = new LinkedHashMap<>();
    instructions.forEach(
        (predictor, known) -> {
          List<InstructionCandidate> list = new ArrayList<>(known);
          list.addAll(more.getOrDefault(predictor, List.of()));
          all.put(predictor, List.copyOf(list));
        });
    return new CandidateSpace(all, demoSets, toolDescriptions, initial);
  }

  /** A copy with tool descriptions to choose from. */
  CandidateSpace withToolDescriptions(Map<String, List<ToolDescriptionCandidate>> value) {
    return value.isEmpty() ? this : new CandidateSpace(instructions, demoSets, value, initial);
  }

  /** The number of candidates, in a phrase. */
  @Override
  public String toString() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    instructions.forEach((predictor, list) -> counts.put(predictor, list.size()));
    Map<String, Integer> tools = new LinkedHashMap<>();
    toolDescriptions.forEach((predictor, list) -> tools.put(predictor, list.size()));
    return "instructions " + counts + (tools.isEmpty() ? "" : ", tool descriptions " + tools);
  }

  private List<InstructionCandidate> instructionsOf(String predictor) {
    return instructions.getOrDefault(predictor, List.of());
  }

  private List<DemoCandidate> demoSetsOf(String predictor) {
    return demoSets.getOrDefault(predictor, List.of());
  }

  private List<ToolDescriptionCandidate> descriptionsOf(String predictor) {
    return toolDescriptions.getOrDefault(predictor, List.of());
  }
}
