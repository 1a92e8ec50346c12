package dev.hone.compiled;

import dev.hone.compiled.ArtifactException.Problem;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The predictors that a file holds, compared with those of the program at hand.
 *
 * @param saved the object with a part per predictor
 * @param version the format of the file
 */
record SavedPredictors(ArtifactNode saved, long version) {
  /** The name of the field in which a chain of thought holds its predictor. */
  private static final String CHAIN = "predict";

  private static final String TURNED =
      "a Predict was turned into a ChainOfThought, or back; turn it back, or ";

  /**
   * Checks that the program has the same predictors with the same signatures.
   *
   * @throws ArtifactException if not, naming each difference
   */
  void requireSame(Map<String, Predict<?, ?>> present) {
    Set<String> missing = new LinkedHashSet<>(present.keySet());
    missing.removeAll(saved.node().propertyNames());
    Set<String> unknown = new LinkedHashSet<>(saved.node().propertyNames());
    unknown.removeAll(present.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw otherPredictors(present, missing, unknown);
    }
    requireSameSignatures(present);
  }

  private ArtifactException otherPredictors(
      Map<String, Predict<?, ?>> present, Set<String> missing, Set<String> unknown) {
    List<ReasoningChange> changes = ReasoningChange.among(present, this, missing, unknown);
    List<String> differences = new ArrayList<>();
    for (ReasoningChange change : changes) {
      differences.add(change.inWords());
      missing.remove(change.present());
      unknown.remove(change.saved());
    }
    if (!missing.isEmpty()) {
      differences.add("missing in the file: " + missing);
    }
    if (!unknown.isEmpty()) {
      differences.add("unknown to the program: " + unknown);
    }
    boolean renamed = !missing.isEmpty() || !unknown.isEmpty();
    return new ArtifactException(
        Problem.PREDICTORS_DIFFER,
        saved.source(),
        "the program has the predictors %s, the file %s; %s. Maybe %s, or compile again."
            .formatted(
                present.keySet(),
                saved.node().propertyNames(),
                String.join("; ", differences),
                renamed
                    ? "a field was renamed; rename it back"
                    : ReasoningChange.undoing(changes)));
  }

  private void requireSameSignatures(Map<String, Predict<?, ?>> present) {
    List<String> changes = new ArrayList<>();
    present.forEach(
        (name, predict) ->
            SignatureDifference.of(signature(name), predict.signature(), version).stream()
                .map(change -> name + ": " + change)
                .forEach(changes::add));
    if (!changes.isEmpty()) {
      throw new ArtifactException(
          Problem.SIGNATURE_CHANGED,
          saved.source(),
          "the program's signature has changed since it was saved: %s. Maybe %scompile it again."
              .formatted(String.join("; ", changes), isOnlyReasoning(changes) ? TURNED : ""));
    }
  }

  private static boolean isOnlyReasoning(List<String> changes) {
    return changes.stream()
        .allMatch(change -> change.contains("output `" + ChainOfThought.REASONING + "`"));
  }

  /** Whether a predictor of the file has the output that a chain of thought adds. */
  boolean reasons(String name) {
    return signature(name).objects(Artifact.OUTPUTS).stream()
        .anyMatch(field -> field.text(Artifact.NAME).equals(ChainOfThought.REASONING));
  }

  /** Whether a predictor of this name is that of a chain of thought, where it has its output. */
  static boolean isOfChain(String name) {
    return name.equals(CHAIN) || name.endsWith("." + CHAIN);
  }

  /** The fields of a signature, without the output that a chain of thought adds itself. */
  static List<Field> ownFields(String name, Signature<?, ?> signature) {
    List<Field> fields = new ArrayList<>(signature.inputFields());
    fields.addAll(signature.outputFields());
    fields.removeIf(field -> isOfChain(name) && field.name().equals(ChainOfThought.REASONING));
    return fields;
  }

  private ArtifactNode signature(String name) {
    return saved.object(name).object(Artifact.SIGNATURE);
  }
}
