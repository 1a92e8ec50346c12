package dev.hone.exchange.dspy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.compiled.Provenance;
import dev.hone.json.Json;
import dev.hone.program.Predict;
import dev.hone.program.PredictorState;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A saved state matched to the predictors of a program: what fits, and what does not. */
final class DspyMatch<I, O> {
  static final String AUGMENTED = "augmented";
  private static final int SHOWN_PROBLEMS = 8;

  private final DspyState saved;
  private final Program<I, O> program;
  private final Map<String, PredictorState> states = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private DspyMatch(DspyState saved, Program<I, O> program) {
    this.saved = saved;
    this.program = program;
  }

  static <I, O> DspyMatch<I, O> of(DspyState saved, Program<I, O> program) {
    DspyMatch<I, O> match = new DspyMatch<>(saved, program);
    Map<String, Predict<?, ?>> present = Predictors.of(program).byName();
    Map<String, DspyPredictor> byName = match.byName(present);
    present.forEach(
        (name, predict) -> match.take(name, Objects.requireNonNull(byName.get(name)), predict));
    if (!match.problems.isEmpty()) {
      throw match.unfit();
    }
    return match;
  }

  /** The saved predictors under the names of those of the program. */
  private Map<String, DspyPredictor> byName(Map<String, Predict<?, ?>> present) {
    Map<String, DspyPredictor> byName = new LinkedHashMap<>();
    saved.predictors().forEach(predictor -> byName.put(predictor.name(), predictor));
    if (byName.size() == 1 && present.size() == 1) {
      return Map.of(present.keySet().iterator().next(), saved.predictors().get(0));
    }
    if (!byName.keySet().equals(present.keySet())) {
      throw InvalidInputException.of(
          "%s has the predictors %s, the program has %s"
              .formatted(saved.source(), byName.keySet(), present.keySet()),
          "name the program's fields as DSPy's are; a ChainOfThought in the field answer is"
              + " answer.predict in both");
    }
    return byName;
  }

  private void take(String name, DspyPredictor predictor, Predict<?, ?> predict) {
    List<Field> fields = new ArrayList<>(predict.signature().inputFields());
    fields.addAll(predict.signature().outputFields());
    if (fields.size() != predictor.fields().size()) {
      problems.add(
          "`%s` has the fields %s there, and %s here"
              .formatted(name, prefixes(predictor.fields()), names(fields)));
      return;
    }
    for (int i = 0; i < fields.size(); i++) {
      compare(name, predictor, i, fields.get(i));
    }
    predictor.leftOut().forEach(what -> notes.add("`%s`: left out %s".formatted(name, what)));
    DspyDemos demos = new DspyDemos(name, predict.signature());
    states.put(
        name, new PredictorState(predictor.instructions(), demos.convert(predictor.demos())));
    notes.addAll(demos.notes());
    problems.addAll(demos.problems());
  }

  private void compare(String name, DspyPredictor predictor, int index, Field field) {
    DspyField there = predictor.fields().get(index);
    boolean inDemos =
        !predictor.demos().isEmpty()
            && predictor.demos().stream()
                .allMatch(demo -> DspyDemos.key(demo, field.name()).isPresent());
    if (!there.fits(field.name()) && (there.name().isPresent() || !inDemos)) {
      problems.add(
          "field %d of `%s` is \"%s\" there, and `%s` here"
              .formatted(index + 1, name, there.name().orElse(there.prefix()), field.name()));
    }
  }

  private static List<String> prefixes(List<DspyField> fields) {
    return fields.stream().map(f -> f.name().orElse(f.prefix())).toList();
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::name).toList();
  }

  private InvalidInputException unfit() {
    String shown = problems.stream().limit(SHOWN_PROBLEMS).collect(Collectors.joining("; "));
    int more = problems.size() - SHOWN_PROBLEMS;
    return InvalidInputException.of(
        "%s does not fit the program: %s%s"
            .formatted(saved.source(), shown, more > 0 ? "; and " + Plural.of(more, "other") : ""),
        "give the signature the same fields in the same order, inputs first");
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  Compiled<I, O> compiled() {
    Provenance.Builder provenance = Provenance.builder("DSPy");
    saved
        .dspyVersion()
        .ifPresent(version -> provenance.settings(Json.object().put("dspy", version), 0));
    return Compiled.of(program, new ProgramState(states), provenance.build());
  }
}
