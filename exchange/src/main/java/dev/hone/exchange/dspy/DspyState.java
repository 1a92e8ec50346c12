package dev.hone.exchange.dspy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.json.Json;
import dev.hone.program.Program;
import dev.hone.prompt.Demo;
import dev.hone.type.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The state of a program as DSPy saves it with {@code program.save("program.json")}: instructions
 * and demos by predictor. Read from what DSPy 2.6 to 3.4 wrote; what is written loads in DSPy 3.3
 * and 3.4. Immutable and thread-safe; nothing here calls a model or runs code from a file.
 *
 * <pre>{@code
 * Compiled<Question, Answer> tuned = DspyState.read(Path.of("program.json")).into(program);
 * }</pre>
 */
public final class DspyState {
  private final String source;
  private final List<DspyPredictor> predictors;
  private final Optional<String> dspyVersion;

  private DspyState(String source, List<DspyPredictor> predictors, Optional<String> dspyVersion) {
    this.source = source;
    this.predictors = List.copyOf(predictors);
    this.dspyVersion = dspyVersion;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read, is a pickle, or no state that DSPy saved;
   *     before anything in it is used
   */
  public static DspyState read(Path file) {
    JsonNode root = DspyReader.parse(file);
    return new DspyState(
        file.toString(),
        new DspyReader(file.toString()).predictors(root),
        root.path(DspyReader.METADATA).path("dependency_versions").path("dspy").asStringOpt());
  }

  /** The state of a program of Hone, for a program of DSPy with predictors of the same paths. */
  public static DspyState of(PortableProgram program) {
    return new DspyState(
        program.name(),
        program.predictors().stream().map(DspyState::predictor).toList(),
        Optional.empty());
  }

  private static DspyPredictor predictor(PortablePredictor predictor) {
    List<Field> fields = new ArrayList<>(predictor.signature().inputFields());
    fields.addAll(predictor.signature().outputFields());
    return new DspyPredictor(
        predictor.name(),
        predictor.state().instructions(),
        fields.stream().map(f -> DspyField.of(f.name(), f.description())).toList(),
        predictor.shownDemos().stream().map(DspyState::flat).toList(),
        List.of());
  }

  private static ObjectNode flat(Demo demo) {
    ObjectNode flat = Json.object();
    if (demo.origin() == Demo.Origin.BOOTSTRAPPED) {
      flat.put(DspyMatch.AUGMENTED, true);
    }
    flat.setAll(demo.inputs());
    flat.setAll(demo.outputs());
    return flat;
  }

  /** A copy whose predictors have other names. */
  public DspyState renamed(UnaryOperator<String> change) {
    return new DspyState(
        source,
        predictors.stream()
            .map(
                p ->
                    new DspyPredictor(
                        change.apply(p.name()),
                        p.instructions(),
                        p.fields(),
                        p.demos(),
                        p.leftOut()))
            .toList(),
        dspyVersion);
  }

  /** What was read. */
  String source() {
    return source;
  }

  /** The predictors, in the file's order; at least one. */
  public List<DspyPredictor> predictors() {
    return predictors;
  }

  /** The version of DSPy that saved it, if it says so. */
  public Optional<String> dspyVersion() {
    return dspyVersion;
  }

  /**
   * Loads the state into a program of Hone. Predictors are matched by name; of one predictor each,
   * whatever they are called. Fields are matched in their order, and their names are compared as
   * far as DSPy saves them, without regard to case and underscores. Values are converted to the
   * types of the fields. What is left out, such as a demo that lacks an input, {@link #notes} says.
   *
   * @throws InvalidInputException if predictors or fields differ, or a demo has a value that does
   *     not fit; it names all of them
   */
  public <I, O> Compiled<I, O> into(Program<I, O> program) {
    return DspyMatch.of(this, program).compiled();
  }

  /** What {@link #into} leaves out, in sentences; empty for nothing. Errors as there. */
  public List<String> notes(Program<?, ?> program) {
    return DspyMatch.of(this, program).notes();
  }

  /** The content of the file, as DSPy reads it. It names no version, so DSPy does not warn. */
  public ObjectNode toJson() {
    boolean alone = predictors.size() == 1 && predictors.get(0).name().equals(DspyReader.SELF);
    ObjectNode root = alone ? json(predictors.get(0)) : Json.object();
    if (!alone) {
      predictors.forEach(predictor -> root.set(predictor.name(), json(predictor)));
    }
    ObjectNode metadata = root.putObject(DspyReader.METADATA);
    metadata.putObject("dependency_versions");
    metadata.put("exported_by", "hone");
    return root;
  }

  private static ObjectNode json(DspyPredictor predictor) {
    ObjectNode node = Json.object();
    node.putArray("traces");
    node.putArray("train");
    ArrayNode demos = node.putArray(DspyReader.DEMOS);
    predictor.demos().forEach(demos::add);
    ObjectNode signature = node.putObject(DspyReader.SIGNATURE);
    signature.put(DspyReader.INSTRUCTIONS, predictor.instructions());
    ArrayNode fields = signature.putArray(DspyReader.FIELDS);
    for (DspyField field : predictor.fields()) {
      fields
          .addObject()
          .put(DspyReader.PREFIX, field.prefix())
          .put(DspyReader.DESCRIPTION, field.description());
    }
    node.putNull("lm");
    return node;
  }

  /** One line, such as {@code DspyState[program.json, rewrite, answer.predict]}. */
  @Override
  public String toString() {
    return "DspyState[%s, %s]"
        .formatted(
            source, String.join(", ", predictors.stream().map(DspyPredictor::name).toList()));
  }
}
