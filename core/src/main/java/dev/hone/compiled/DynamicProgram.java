package dev.hone.compiled;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.program.ChainOfThought;
import dev.hone.program.DynamicPredict;
import dev.hone.program.FrozenProgram;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.text.NearestName;
import dev.hone.type.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A saved predictor that was loaded without its class, see {@link Compiled#loadDynamic(Path)}: its
 * signature comes from the file. Takes and returns maps of plain Java values, as {@link
 * DynamicPredict} does, or JSON objects. Immutable and thread-safe; cost and errors as {@link
 * dev.hone.program.Predict}.
 *
 * <pre>{@code
 * var qa = Compiled.loadDynamic(Path.of("qa.json"));
 * Object answer = qa.run(Map.of("question", "Who wrote Dubliners?")).get("answer");
 * }</pre>
 */
public final class DynamicProgram implements FrozenProgram<ObjectNode, ObjectNode> {
  private final Compiled<ObjectNode, ObjectNode> compiled;
  private final DynamicPredict fields;

  private DynamicProgram(Compiled<ObjectNode, ObjectNode> compiled, DynamicPredict fields) {
    this.compiled = compiled;
    this.fields = fields;
  }

  /**
   * Reads a predictor of a file.
   *
   * @param predictor its name; null for the only one
   */
  static DynamicProgram read(Path file, @Nullable String predictor) {
    ArtifactReader reader = new ArtifactReader(file.toString());
    ObjectNode json = reader.parse(ArtifactFile.read(file));
    ArtifactNode root = reader.root(json);
    requireTypeNames(root);
    ArtifactNode predictors = root.object(Artifact.PREDICTORS);
    List<String> names = List.copyOf(predictors.node().propertyNames());
    String name = predictor == null ? only(names, root) : known(predictor, names, root);
    ArtifactNode signature = predictors.object(name).object(Artifact.SIGNATURE);
    List<Field> outputs = new ArrayList<>(FieldNotes.read(signature, Artifact.OUTPUTS));
    boolean chain =
        SavedPredictors.isOfChain(name)
            && outputs.size() > 1
            && outputs.get(0).name().equals(ChainOfThought.REASONING);
    if (chain) {
      outputs.remove(0);
    }
    DynamicPredict fields =
        DynamicPredict.ofSignature(
            Signature.of(
                Codec.ofJson(FieldNotes.read(signature, Artifact.INPUTS)),
                Codec.ofJson(outputs),
                predictors.object(name).text(Artifact.INSTRUCTIONS)));
    Program<ObjectNode, ObjectNode> program =
        chain ? ChainOfThought.of(fields.signature()) : fields;
    ObjectNode own = json.deepCopy();
    own.putObject(Artifact.PREDICTORS)
        .set(onlyName(program), json.get(Artifact.PREDICTORS).get(name));
    return new DynamicProgram(reader.read(program, own), fields);
  }

  private static String onlyName(Program<ObjectNode, ObjectNode> program) {
    return new ProgramRunner<>(program).predictors().byName().keySet().iterator().next();
  }

  private static void requireTypeNames(ArtifactNode root) {
    if (root.whole(Artifact.FORMAT) == Artifact.VERSION_WITH_WORDS) {
      throw new ArtifactException(
          Problem.DAMAGED,
          root.source(),
          "it has format 1, which names types in words, so it can be loaded into its own program"
              + " only. Maybe do that once and save it again.");
    }
  }

  private static String only(List<String> names, ArtifactNode root) {
    if (names.size() != 1) {
      throw new ArtifactException(
          Problem.PREDICTORS_DIFFER,
          root.source(),
          "the file has the predictors %s, and the code that calls them is not in it. Maybe load it into its program, or one of them: loadDynamic(file, \"%s\")."
              .formatted(names, names.isEmpty() ? "answer" : names.get(names.size() - 1)));
    }
    return names.get(0);
  }

  private static String known(String predictor, List<String> names, ArtifactNode root) {
    if (!names.contains(predictor)) {
      throw new ArtifactException(
          Problem.PREDICTORS_DIFFER,
          root.source(),
          "the file has no predictor \"%s\", only %s. Maybe %s."
              .formatted(
                  predictor,
                  names,
                  NearestName.of(predictor, names)
                      .map(meant -> "it is to be \"" + meant + "\"")
                      .orElse("name one of them")));
    }
    return predictor;
  }

  /** Calls the model with a JSON object of the inputs, and returns that of the outputs. */
  @Override
  public ObjectNode run(ObjectNode inputs) {
    return ProgramRunner.runPart(this, () -> compiled.run(inputs));
  }

  /**
   * Calls the model.
   *
   * @param values the inputs, as {@link DynamicPredict#inputs} takes them
   * @return the outputs, as {@link DynamicPredict#outputs} gives them; those of a chain of thought
   *     without its reasoning
   * @throws dev.hone.InvalidInputException before any call, if a value is missing, unknown or of
   *     another type
   */
  public Map<String, Object> run(Map<String, ?> values) {
    return fields.outputs(run(fields.inputs(values)));
  }

  /** What it takes and returns, as the file says. */
  public Signature<ObjectNode, ObjectNode> signature() {
    return fields.signature();
  }

  /**
   * The program with what was learnt. Saved again, it is a program of its own, whose predictor is
   * named {@code self}, or {@code predict} for a chain of thought.
   */
  public Compiled<ObjectNode, ObjectNode> compiled() {
    return compiled;
  }

  /** The program as one that goes on being optimized; see {@link Compiled#asStudent}. */
  public Program<ObjectNode, ObjectNode> asStudent() {
    return compiled.asStudent();
  }

  /** One line: its signature, and the compiled program. */
  @Override
  public String toString() {
    return "DynamicProgram[%s, %s]".formatted(signature(), compiled);
  }
}
