package dev.hone.exchange.dspy;

import dev.hone.InvalidInputException;
import dev.hone.exchange.ProjectYaml;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A project file made of a saved state of DSPy: one predictor is the program, several are its steps
 * in their order, each taking what the one before has and gives. DSPy saves no code, so how data
 * flows is taken from the names of fields; check it. Immutable.
 */
public final class DspyProject {
  private static final String CHAIN = ".predict";
  private static final String CHAIN_STRATEGY = "chain of thought";

  private final DspyState state;
  private final List<DspyDraft> drafts;

  private DspyProject(DspyState state, List<DspyDraft> drafts) {
    this.state = state;
    this.drafts = drafts;
  }

  /**
   * A project of a state.
   *
   * @param outputs the names of fields that are outputs; empty to guess
   * @throws InvalidInputException as {@link DspyDraft#of}, and if an output is no field of any
   *     predictor
   */
  public static DspyProject of(DspyState state, Set<String> outputs) {
    List<DspyDraft> drafts =
        state.predictors().stream().map(p -> DspyDraft.of(p, outputs)).toList();
    Set<String> unknown = new HashSet<>(outputs);
    drafts.forEach(
        draft -> draft.signature().outputFields().forEach(f -> unknown.remove(f.name())));
    if (!unknown.isEmpty()) {
      throw InvalidInputException.of(
          "The outputs %s are no fields of %s"
              .formatted(unknown, drafts.stream().map(DspyDraft::toString).toList()),
          "use the names of fields there");
    }
    return new DspyProject(state, drafts);
  }

  /** What was guessed or left out, in sentences, for people to check. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (drafts.size() > 1) {
      notes.add(
          "DSPy does not save how data flows between the %d predictors; took the names of their fields for it"
              .formatted(drafts.size()));
    }
    drafts.forEach(draft -> notes.addAll(draft.notes()));
    return notes;
  }

  /**
   * The project file.
   *
   * @param data its data file; empty for none
   */
  public ProjectYaml yaml(String data) {
    if (drafts.size() == 1) {
      DspyDraft only = drafts.get(0);
      ProjectYaml yaml =
          ProjectYaml.of(
              data,
              only.state().instructions(),
              only.signature().inputFields(),
              only.signature().outputFields());
      return only.chainOfThought() ? yaml.with("strategy", CHAIN_STRATEGY) : yaml;
    }
    return steps(data);
  }

  private ProjectYaml steps(String data) {
    Map<String, String> names = stepNames(state);
    Map<String, Field> given = new LinkedHashMap<>();
    Map<String, Field> inputs = new LinkedHashMap<>();
    List<ProjectYaml.StepText> steps = new ArrayList<>();
    for (DspyDraft draft : drafts) {
      for (Field field : draft.signature().inputFields()) {
        if (!given.containsKey(field.name())) {
          inputs.putIfAbsent(field.name(), field);
        }
      }
      draft.signature().outputFields().forEach(field -> given.put(field.name(), field));
      steps.add(
          new ProjectYaml.StepText(
              names.getOrDefault(draft.name(), draft.name()),
              draft.state().instructions(),
              draft.signature().inputFields(),
              draft.signature().outputFields(),
              draft.chainOfThought() ? CHAIN_STRATEGY : ""));
    }
    DspyDraft last = drafts.get(drafts.size() - 1);
    return ProjectYaml.of(data, "", List.copyOf(inputs.values()), last.signature().outputFields())
        .withSteps(steps);
  }

  /** The step of each predictor: {@code a_} is {@code a_2} where another is {@code a} already. */
  private static Map<String, String> stepNames(DspyState state) {
    Map<String, String> names = new LinkedHashMap<>();
    for (DspyPredictor predictor : state.predictors()) {
      String wanted = stepName(predictor.name());
      String name = wanted;
      for (int i = 2; names.containsValue(name) || name.isEmpty(); i++) {
        name = (wanted.isEmpty() ? "step" : wanted) + "_" + i;
      }
      names.put(predictor.name(), name);
    }
    return names;
  }

  private static String stepName(String predictor) {
    return predictor
        .replaceFirst("\\.predict$", "")
        .replaceAll("[^\\p{L}\\p{N}_]+", "_")
        .replaceAll("_+$", "");
  }

  /** The state under the names that the project's predictors have, to be loaded into it. */
  public DspyState state() {
    if (drafts.size() == 1) {
      return state;
    }
    Map<String, String> steps = stepNames(state);
    Map<String, String> names = new LinkedHashMap<>();
    for (DspyDraft draft : drafts) {
      String step = "steps['" + steps.get(draft.name()) + "']";
      names.put(draft.name(), step + (draft.chainOfThought() ? CHAIN : ""));
    }
    return state.renamed(name -> names.getOrDefault(name, name));
  }

  /**
   * The names that DSPy's predictors have in a state, by those of the steps that {@link #of} makes
   * of it: {@code judges_0} is {@code judges[0]} there.
   */
  public static Map<String, String> namesByStep(DspyState state) {
    Map<String, String> names = new LinkedHashMap<>();
    stepNames(state)
        .forEach((name, step) -> names.put(step + (name.endsWith(CHAIN) ? CHAIN : ""), name));
    return names;
  }

  /** The names of DSPy's predictors for those of a project's steps. */
  public static String dspyName(String predictor) {
    return predictor.replaceFirst("^steps\\['([^']+)']", "$1");
  }

  /** One line: the drafts. */
  @Override
  public String toString() {
    return "DspyProject" + drafts;
  }
}
