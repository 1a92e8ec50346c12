package dev.hone.compiled;

import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A predictor that was turned into a chain of thought since it was saved, or back: its name and its
 * outputs differ.
 *
 * @param saved the predictor's name in the file
 * @param present its name in the program
 * @param toReasoning whether it is a chain of thought now
 */
record ReasoningChange(String saved, String present, boolean toReasoning) {
  private static final String PREDICTOR = "predict";
  private static final String ROOT = "self";

  /** The changes that explain a predictor which only the program has and one only the file has. */
  static List<ReasoningChange> among(
      Map<String, Predict<?, ?>> program,
      SavedPredictors file,
      Set<String> onlyProgram,
      Set<String> onlyFile) {
    List<ReasoningChange> changes = new ArrayList<>();
    for (String name : onlyProgram) {
      plain(name)
          .filter(onlyFile::contains)
          .filter(plain -> reasons(program, name) && !file.reasons(plain))
          .ifPresent(plain -> changes.add(new ReasoningChange(plain, name, true)));
    }
    for (String name : onlyFile) {
      plain(name)
          .filter(onlyProgram::contains)
          .filter(plain -> file.reasons(name) && !reasons(program, plain))
          .ifPresent(plain -> changes.add(new ReasoningChange(name, plain, false)));
    }
    return changes;
  }

  /** The name that the predictor of a chain of thought would have as a plain predictor. */
  private static Optional<String> plain(String name) {
    if (name.equals(PREDICTOR)) {
      return Optional.of(ROOT);
    }
    String suffix = "." + PREDICTOR;
    return name.endsWith(suffix)
        ? Optional.of(name.substring(0, name.length() - suffix.length()))
        : Optional.empty();
  }

  private static boolean reasons(Map<String, Predict<?, ?>> program, String name) {
    Predict<?, ?> predict = program.get(name);
    return predict != null
        && predict.signature().outputFields().stream()
            .anyMatch(field -> field.name().equals(ChainOfThought.REASONING));
  }

  /** What has changed. */
  String inWords() {
    String plain = toReasoning ? saved : present;
    String who = plain.equals(ROOT) ? "the program" : "`" + plain + "`";
    return toReasoning
        ? ("%s was a Predict when it was saved and is a ChainOfThought now, whose predictor is"
                + " `%s` and has the output `%s` too")
            .formatted(who, present, ChainOfThought.REASONING)
        : ("%s was a ChainOfThought when it was saved, with the predictor `%s` and its output `%s`,"
                + " and is a Predict now")
            .formatted(who, saved, ChainOfThought.REASONING);
  }

  /** How to make the file fit again. */
  static String undoing(List<ReasoningChange> changes) {
    boolean all = changes.stream().allMatch(ReasoningChange::toReasoning);
    boolean none = changes.stream().noneMatch(ReasoningChange::toReasoning);
    if (all) {
      return "make it with Predict.of again";
    }
    return none ? "make it with ChainOfThought.of again" : "undo that";
  }
}
