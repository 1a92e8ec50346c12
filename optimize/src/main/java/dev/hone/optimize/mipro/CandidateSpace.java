package dev.hone.optimize.mipro;

import dev.hone.optimize.candidate.DemoCandidate;
import dev.hone.optimize.candidate.InstructionCandidate;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.Dimension;
import dev.hone.optimize.search.SearchProblem;
import dev.hone.optimize.search.SearchSpace;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;
import dev.hone.prompt.Demo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All candidates of all predictors, and what a configuration of them means. Dimensions go predictor
 * by predictor: instructions, then demo sets. Immutable.
 *
 * @param instructions each predictor's instructions, the original first
 * @param demoSets each predictor's demo sets
 * @param initial the state that the program began with
 */
public record CandidateSpace(
    Map<String, List<InstructionCandidate>> instructions,
    Map<String, List<DemoCandidate>> demoSets,
    ProgramState initial) {
  /** Copies the maps, keeping their order. */
  public CandidateSpace {
    instructions = Collections.unmodifiableMap(new LinkedHashMap<>(instructions));
    demoSets = Collections.unmodifiableMap(new LinkedHashMap<>(demoSets));
  }

  /** The dimensions that a search chooses in. */
  public SearchSpace searchSpace() {
    List<Dimension> dimensions = new ArrayList<>();
    for (String predictor : instructions.keySet()) {
      dimensions.add(
          new Dimension(predictor, Dimension.Part.INSTRUCTIONS, instructionsOf(predictor).size()));
      dimensions.add(new Dimension(predictor, Dimension.Part.DEMOS, demoSetsOf(predictor).size()));
    }
    return new SearchSpace(dimensions);
  }

  /** The configuration that equals what the program began with. */
  public Configuration baseline() {
    List<Integer> choices = new ArrayList<>();
    for (String predictor : instructions.keySet()) {
      choices.add(0);
      choices.add(indexOf(demoSetsOf(predictor), initial.of(predictor).demos()));
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
    int dimension = 0;
    for (String predictor : instructions.keySet()) {
      String text = instructionsOf(predictor).get(configuration.choice(dimension++)).text();
      List<Demo> demos = demoSetsOf(predictor).get(configuration.choice(dimension++)).demos();
      states.put(predictor, new PredictorState(text, demos));
    }
    return new ProgramState(states);
  }

  /**
   * How much a configuration adds to the prompts: demos count first, changed instructions second.
   */
  public double promptSize(Configuration configuration) {
    double size = 0;
    int dimension = 0;
    for (String predictor : instructions.keySet()) {
      int instruction = configuration.choice(dimension++);
      int demoSet = configuration.choice(dimension++);
      size += demoSetsOf(predictor).get(demoSet).demos().size() * 1000.0;
      size += instruction == 0 ? 0 : 1;
    }
    return size;
  }

  /** What a search is to solve, on validation examples of these strata. */
  public SearchProblem problem(List<String> strata) {
    return SearchProblem.of(searchSpace(), baseline(), strata).promptSize(this::promptSize);
  }

  /** The dimension of a predictor's instructions. */
  int instructionDimension(String predictor) {
    return 2 * List.copyOf(instructions.keySet()).indexOf(predictor);
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
    return new CandidateSpace(all, demoSets, initial);
  }

  /** The number of candidates, in a phrase. */
  @Override
  public String toString() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    instructions.forEach((predictor, list) -> counts.put(predictor, list.size()));
    return "instructions " + counts;
  }

  private List<InstructionCandidate> instructionsOf(String predictor) {
    return instructions.getOrDefault(predictor, List.of());
  }

  private List<DemoCandidate> demoSetsOf(String predictor) {
    return demoSets.getOrDefault(predictor, List.of());
  }
}
