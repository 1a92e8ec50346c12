package dev.hone.exchange.dspy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.program.ChainOfThought;
import dev.hone.program.PredictorState;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A predictor made of what DSPy saves of one, which is neither names, types nor which fields are
 * inputs: names are taken from descriptions, demos and prefixes, types from the values of demos,
 * the inputs from the reasoning that follows them or from DSPy's default instructions.
 *
 * @param name its name
 * @param signature its fields; without the reasoning of a chain of thought
 * @param chainOfThought whether it thinks first
 * @param state its instructions and demos, with the reasoning of a chain of thought
 * @param notes what was guessed or left out, in sentences, for people to check
 */
public record DspyDraft(
    String name,
    Signature<ObjectNode, ObjectNode> signature,
    boolean chainOfThought,
    PredictorState state,
    List<String> notes) {
  private static final Pattern DEFAULT_INSTRUCTIONS =
      Pattern.compile("Given the fields (.+), produce the fields (.+)\\.");

  /** Copies the notes. */
  public DspyDraft {
    notes = List.copyOf(notes);
  }

  /**
   * Makes a draft.
   *
   * @param outputs the names of the output fields; empty to guess
   * @throws InvalidInputException if one of the outputs is no field, no field would be an input, or
   *     a demo's values do not fit one another
   */
  public static DspyDraft of(DspyPredictor predictor, Set<String> outputs) {
    List<Field> fields = fields(predictor);
    List<String> names = fields.stream().map(Field::name).toList();
    boolean chain =
        names.contains(ChainOfThought.REASONING) && predictor.name().endsWith("predict");
    List<String> notes = new ArrayList<>();
    int firstOutput = firstOutput(predictor, names, outputs, notes);
    List<Field> inputs = fields.subList(0, firstOutput);
    List<Field> own = new ArrayList<>(fields.subList(firstOutput, fields.size()));
    Signature<ObjectNode, ObjectNode> whole = signature(inputs, own, predictor);
    DspyDemos demos = new DspyDemos(predictor.name(), whole);
    PredictorState state =
        new PredictorState(predictor.instructions(), demos.convert(predictor.demos()));
    if (!demos.problems().isEmpty()) {
      throw InvalidInputException.of(
          String.join("; ", demos.problems()), "correct these demos in the file");
    }
    own.removeIf(field -> chain && field.name().equals(ChainOfThought.REASONING));
    notes.addAll(demos.notes());
    predictor
        .leftOut()
        .forEach(what -> notes.add("`%s`: left out %s".formatted(predictor.name(), what)));
    return new DspyDraft(predictor.name(), signature(inputs, own, predictor), chain, state, notes);
  }

  private static Signature<ObjectNode, ObjectNode> signature(
      List<Field> inputs, List<Field> outputs, DspyPredictor predictor) {
    return Signature.of(Codec.ofJson(inputs), Codec.ofJson(outputs), predictor.instructions());
  }

  private static List<Field> fields(DspyPredictor predictor) {
    List<Field> fields = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (DspyField field : predictor.fields()) {
      String name = field.name().or(() -> inDemos(field, predictor)).orElseGet(field::nameOfPrefix);
      String free = name;
      for (int i = 2; !taken.add(free); i++) {
        free = name + "_" + i;
      }
      fields.add(
          new Field(
              free, DemoTypes.of(predictor.demos(), free), field.meaning(), Constraints.NONE));
    }
    return fields;
  }

  private static Optional<String> inDemos(DspyField field, DspyPredictor predictor) {
    return predictor.demos().stream()
        .flatMap(demo -> demo.propertyNames().stream())
        .filter(key -> field.fits(key))
        .findFirst();
  }

  private static int firstOutput(
      DspyPredictor predictor, List<String> names, Set<String> outputs, List<String> notes) {
    int index = named(predictor, names, outputs);
    if (index < 0) {
      index = names.indexOf(ChainOfThought.REASONING);
    }
    if (index < 0) {
      index = ofDefault(predictor.instructions(), names);
    }
    if (index < 0) {
      index = names.size() - 1;
      notes.add(
          "`%s`: DSPy does not save which fields are outputs; took the last one, `%s`"
              .formatted(predictor.name(), names.get(index)));
    }
    if (index == 0) {
      throw InvalidInputException.of(
          "The predictor \"%s\" has the fields %s, none of which is left as an input"
              .formatted(predictor.name(), names),
          "name its outputs: --outputs " + names.get(names.size() - 1));
    }
    return index;
  }

  /** The first of the fields that are said to be outputs; all behind it must be, too. */
  private static int named(DspyPredictor predictor, List<String> names, Set<String> outputs) {
    Set<String> own = new HashSet<>(outputs);
    own.retainAll(names);
    if (own.isEmpty()) {
      return -1;
    }
    int index = (int) names.stream().takeWhile(name -> !own.contains(name)).count();
    int reasoning = names.indexOf(ChainOfThought.REASONING);
    List<String> behind = new ArrayList<>(names.subList(index, names.size()));
    if (!own.containsAll(behind)) {
      throw InvalidInputException.of(
          "The predictor \"%s\" has the fields %s; outputs are the last ones, and %s are not all"
              .formatted(predictor.name(), names, own),
          "name " + String.join(",", behind));
    }
    return reasoning >= 0 && reasoning < index ? reasoning : index;
  }

  private static int ofDefault(String instructions, List<String> names) {
    Matcher matcher = DEFAULT_INSTRUCTIONS.matcher(instructions.strip());
    if (!matcher.matches()) {
      return -1;
    }
    List<String> inputs =
        Arrays.stream(matcher.group(1).split(","))
            .map(name -> name.replace("`", "").strip())
            .toList();
    return inputs.size() < names.size() && names.subList(0, inputs.size()).equals(inputs)
        ? inputs.size()
        : -1;
  }

  /** The draft as a value of {@code describe()}, for people: {@code question -> answer}. */
  @Override
  public String toString() {
    return Json.write(Json.object().put("name", name).put("signature", signature.toString()));
  }
}
