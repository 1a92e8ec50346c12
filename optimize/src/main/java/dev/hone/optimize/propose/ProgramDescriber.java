package dev.hone.optimize.propose;

import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.TraceStep;
import dev.hone.signature.Desc;
import dev.hone.type.Field;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes a program from its declared predictors and one recorded run, so it needs no source
 * code.
 *
 * <p>Cost: one call.
 */
final class ProgramDescriber implements Program<ProgramDescriber.Outline, String> {
  /** How many calls of a run are shown. */
  private static final int CALLS_SHOWN = 50;

  private final Predict<Outline, Description> describe =
      Predict.of(
          Outline.class,
          Description.class,
          "A program calls language models through the predictors listed here. Say in two or three"
              + " sentences what task the program solves and what each predictor does in it.");

  record Outline(
      @Desc("each predictor with its fields and present instructions") String predictors,
      @Desc("the calls of one run in order; may be empty") String recordedRun) {}

  record Description(@Desc("what the program does, two or three sentences") String description) {}

  @Override
  public String run(Outline outline) {
    return Truncation.to(Truncation.REPLY, describe.run(outline).description().strip());
  }

  static Outline outline(Predictors predictors, List<TraceStep> recordedRun) {
    String declared =
        predictors.byName().entrySet().stream()
            .map(entry -> predictor(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining("\n"));
    return new Outline(declared, calls(recordedRun));
  }

  /** One predictor: its name, its fields with their types and descriptions, its instructions. */
  static String predictor(String name, Predict<?, ?> predict) {
    return "predictor %s: takes %s; gives %s. Instructions: %s"
        .formatted(
            name,
            fields(predict.signature().inputFields()),
            fields(predict.signature().outputFields()),
            predict.state().instructions());
  }

  private static String fields(List<Field> fields) {
    return fields.stream().map(ProgramDescriber::field).collect(Collectors.joining(", "));
  }

  /** The output fields as prompts list them: a bullet each. */
  static String outputFields(Predict<?, ?> predict) {
    return predict.signature().outputFields().stream()
        .map(ProgramDescriber::bullet)
        .collect(Collectors.joining("\n"));
  }

  private static String bullet(Field field) {
    List<String> phrases = field.constraints().phrases();
    String limits = phrases.isEmpty() ? "" : "; " + String.join(", ", phrases);
    String description =
        field.description().isEmpty() ? "" : ": " + Truncation.line(field.description());
    return "- `%s` (%s%s)%s".formatted(field.name(), field.type().label(), limits, description);
  }

  private static String field(Field field) {
    String description =
        field.description().isEmpty() ? "" : ", " + Truncation.line(field.description());
    return "%s (%s%s)".formatted(field.name(), field.type().label(), description);
  }

  private static String calls(List<TraceStep> steps) {
    String shown =
        steps.stream()
            .limit(CALLS_SHOWN)
            .map(ProgramDescriber::call)
            .collect(Collectors.joining("\n"));
    return steps.size() <= CALLS_SHOWN
        ? shown
        : shown + "\n… (%d of %d calls are shown)".formatted(CALLS_SHOWN, steps.size());
  }

  private static String call(TraceStep step) {
    return "%s %s -> %s"
        .formatted(
            step.predictor(),
            step.inputs().propertyNames(),
            Truncation.to(Truncation.VALUE, step.outputs().toString()));
  }
}
