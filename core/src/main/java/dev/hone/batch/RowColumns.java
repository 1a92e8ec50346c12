package dev.hone.batch;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.json.Json;
import dev.hone.program.ChainOfThought;
import dev.hone.program.Predict;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The columns of a file of answers: the inputs, the outputs, the extras, then why there is no
 * answer, in words and as a class. A column whose name is taken has another one.
 */
final class RowColumns<I, O> {
  private static final String ERROR = "error";
  private static final String ERROR_CLASS = "error_class";
  private static final String OTHER_PREFIX = "row_";
  private static final String EXTRA = "_extra";

  private final Signature<I, ?> signature;
  private final List<String> inputs;
  private final List<String> outputs;
  private final String error;
  private final String errorClass;
  private final Set<String> taken = new HashSet<>();

  private RowColumns(Signature<I, ?> signature, List<String> outputs) {
    this.signature = signature;
    this.inputs = signature.inputFields().stream().map(Field::name).toList();
    this.outputs = outputs;
    taken.addAll(inputs);
    taken.addAll(outputs);
    this.error = free(ERROR);
    this.errorClass = free(ERROR_CLASS);
    taken.add(error);
    taken.add(errorClass);
  }

  private String free(String name) {
    return taken.contains(name) ? free(OTHER_PREFIX + name) : name;
  }

  /** The columns of a signature. */
  static <I, O> RowColumns<I, O> of(Signature<I, O> signature) {
    return new RowColumns<>(signature, signature.outputFields().stream().map(Field::name).toList());
  }

  /**
   * The columns of a program that is a single predictor.
   *
   * @throws InvalidInputException if it is another program
   */
  static <I, O> RowColumns<I, O> of(Program<I, O> program) {
    Program<I, O> inner = new ProgramRunner<>(program).program();
    if (inner instanceof Program.Bound<I, O> bound) {
      return of(bound.program());
    } else if (inner instanceof Compiled<I, O> compiled) {
      return of(compiled.program());
    } else if (inner instanceof Predict<I, O> predict) {
      return of(predict.signature());
    } else if (inner instanceof ChainOfThought<I, O> thinking) {
      Signature<I, ?> reasoned = thinking.predict().signature();
      return new RowColumns<>(
          reasoned,
          reasoned.outputFields().stream()
              .map(Field::name)
              .filter(name -> !name.equals(ChainOfThought.REASONING))
              .toList());
    }
    throw InvalidInputException.of(
        "The fields of the program %s are not known; it is no single predictor"
            .formatted(program.getClass().getName()),
        "name its records, as in runJsonl(in, out, Ticket.class, Label.class)");
  }

  /** The signature by whose inputs rows are read; its outputs are not looked at. */
  @SuppressWarnings("unchecked")
  Signature<I, O> signature() {
    return (Signature<I, O>) signature;
  }

  /** The names of the outputs. */
  List<String> outputs() {
    return outputs;
  }

  /** The name of the column with the problem. */
  String error() {
    return error;
  }

  /** The name of the column with the class of the error. */
  String errorClass() {
    return errorClass;
  }

  /** All columns of a file whose extras are known, in order. */
  List<String> all(List<String> extras) {
    List<String> names = new ArrayList<>(inputs);
    names.addAll(outputs);
    extras.forEach(name -> names.add(column(name, extras)));
    names.add(error);
    names.add(errorClass);
    return names;
  }

  private String column(String extra, java.util.Collection<String> extras) {
    String column = extra;
    while (taken.contains(column) || (!column.equals(extra) && extras.contains(column))) {
      column += EXTRA;
    }
    return column;
  }

  /** The values of a row by column, those that it has. */
  ObjectNode values(BatchRow<I, O> row) {
    ObjectNode values = Json.object();
    row.example().ifPresent(example -> values.setAll(example.inputJson()));
    if (row instanceof BatchRow.Answered<I, O> answered) {
      values.setAll(answered.answered().expectedJson());
    }
    Map<String, JsonNode> extras = row.example().map(example -> example.extras()).orElse(Map.of());
    extras.forEach((name, value) -> values.set(column(name, extras.keySet()), value));
    if (row.error().isPresent()) {
      values.put(error, Excerpt.oneLine(row.problem()));
      values.put(errorClass, row.errorClass());
    }
    return values;
  }
}
