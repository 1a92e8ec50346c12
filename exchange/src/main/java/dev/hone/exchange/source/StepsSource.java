package dev.hone.exchange.source;

import dev.hone.InvalidInputException;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A program of several steps as a class: a field for each predictor, called in order. */
final class StepsSource {
  /** A field, or an item of a map in a field; behind it the field of a chain of thought. */
  private static final Pattern PATH = Pattern.compile("(\\w+)(?:\\['([^'\\\\]+)'])?(\\.predict)?");

  private final JavaTypes types = new JavaTypes(Flavour.HONE);
  private final SourceName name;
  private final Optional<Signature<?, ?>> signature;
  private final Map<String, StepSource> steps = new LinkedHashMap<>();
  private final Map<String, List<String>> keysByMap = new LinkedHashMap<>();
  private final Map<String, String> constants = new LinkedHashMap<>();

  private StepsSource(SourceName name, Optional<Signature<?, ?>> signature) {
    this.name = name;
    this.signature = signature;
    types.reserve(name.className());
  }

  static String of(PortableProgram program, SourceName name, String artifact) {
    StepsSource source = new StepsSource(name, program.signature());
    program.predictors().forEach(source::add);
    return source.write(artifact);
  }

  private void add(PortablePredictor predictor) {
    Matcher path = PATH.matcher(predictor.name());
    boolean chain = predictor.name().endsWith(".predict");
    if (!path.matches() || chain != predictor.isChainOfThought()) {
      throw InvalidInputException.of(
          "The predictor \"%s\" is in a part of the program that only its code has"
              .formatted(predictor.name()),
          "export it alone, with --predictor, as --text or --messages");
    }
    String key = path.group(2) == null ? path.group(1) : path.group(2);
    String variable = path.group(2) == null ? key : SourceName.camel(key);
    StepSource step = StepSource.of(predictor, SourceName.pascal(key), types);
    if (!step.isTyped()) {
      throw InvalidInputException.of(
          "A field of the step \"%s\" has values that cannot be constants of an enum"
              .formatted(predictor.name()),
          "rename them to letters, digits and underscores");
    }
    if (path.group(2) != null) {
      keysByMap.computeIfAbsent(path.group(1), m -> new ArrayList<>()).add(key);
      constants.put(variable, SourceName.constant(key));
    }
    steps.put(variable, step);
  }

  private String write(String artifact) {
    if (!constants.isEmpty() && constants.size() < steps.size()) {
      throw InvalidInputException.of(
          "The program has steps in the map %s and others beside it".formatted(keysByMap.keySet()),
          "export one step alone, with --predictor");
    }
    StepOrder order = StepOrder.of(steps, signature);
    List<Field> inputs = order.inputs();
    String input = types.record("Input", inputs, "What the program takes.");
    StepSource last = order.last();
    String output =
        names(order.outputs()).equals(names(last.outputs()))
            ? last.outputType()
            : types.record("Output", order.outputs(), "What the program returns.");
    types.imported("dev.hone.compiled.Compiled");
    types.imported("dev.hone.program.Program");
    types.imported("java.nio.file.Path");
    String body =
        """
        %s
        %s
          @Override
          public %s run(%s input) {
        %s  }

          /**
           * The program with all that was learnt.
           *
           * @param file such as %s
           */
          public static Compiled<%s, %s> load(Path file) {
            return Compiled.load(new %s(), file);
          }
        }
        """
            .formatted(
                fields(),
                types.declarations(),
                output,
                input,
                calls(order, output),
                JavaText.comment(artifact),
                input,
                output,
                name.className());
    String says = last.predictor().state().instructions();
    String unit = JavaSource.unit(types, name, says, "final class");
    String begin = unit.substring(0, unit.lastIndexOf(" {"));
    return "%s\n    implements Program<%s.%s, %s.%s> {\n"
            .formatted(begin, name.className(), input, name.className(), output)
        + body;
  }

  private String fields() {
    String modifier = keysByMap.isEmpty() ? "private final " : "private static final ";
    String fields =
        steps.entrySet().stream()
            .map(
                step ->
                    "  %s%s %s =\n      %s;\n"
                        .formatted(
                            modifier,
                            step.getValue().type(types),
                            field(step.getKey()),
                            step.getValue().expression(types, "      ")))
            .collect(Collectors.joining("\n"));
    return fields + keysByMap.keySet().stream().map(this::map).collect(Collectors.joining());
  }

  /** The map that gives the predictors the names they were saved with. */
  private String map(String map) {
    String entries =
        keysByMap.getOrDefault(map, List.of()).stream()
            .map(key -> "Map.entry(%s, %s)".formatted(JavaText.literal(key), field(camel(key))))
            .collect(Collectors.joining(",\n          "));
    types.imported("java.util.Map");
    return """

          private final Map<String, Program<?, ?>> %s =
              Map.ofEntries(
                  %s);
        """
        .formatted(map, entries);
  }

  private static String camel(String key) {
    return SourceName.camel(key);
  }

  private String field(String variable) {
    return keysByMap.isEmpty() ? variable : constants.getOrDefault(variable, variable) + "_STEP";
  }

  private String called(String variable) {
    return (variable.equals("input") ? "this." : "") + field(variable);
  }

  private static List<String> names(List<Field> fields) {
    return fields.stream().map(Field::name).toList();
  }

  /** The body of the method run. */
  private String calls(StepOrder order, String output) {
    Map<String, String> values = new LinkedHashMap<>();
    order.inputs().forEach(field -> values.put(field.name(), "input." + field.name() + "()"));
    StringBuilder code = new StringBuilder();
    for (String variable : order.variables()) {
      StepSource step = Objects.requireNonNull(steps.get(variable));
      String call =
          "%s.run(new %s(%s));\n"
              .formatted(called(variable), step.inputType(), taken(step.inputs(), values));
      boolean last = step.equals(order.last()) && output.equals(step.outputType());
      String result = SourceName.camel(variable) + "Result";
      code.append("    ")
          .append(last ? "return " : step.outputType() + " " + result + " = ")
          .append(call);
      step.outputs().forEach(f -> values.put(f.name(), result + "." + f.name() + "()"));
    }
    if (!output.equals(order.last().outputType())) {
      code.append("    return new %s(%s);\n".formatted(output, taken(order.outputs(), values)));
    }
    return code.toString();
  }

  private static String taken(List<Field> fields, Map<String, String> values) {
    return fields.stream()
        .map(field -> values.getOrDefault(field.name(), "null"))
        .collect(Collectors.joining(", "));
  }
}
