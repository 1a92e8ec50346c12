package dev.hone.exchange.source;

import dev.hone.InvalidInputException;
import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;

/**
 * A program as a Java class for Hone: records and enums of its fields, the program, and a method
 * that loads what was learnt with {@code Compiled.load}. What it loads gives the same requests.
 *
 * <p>Fields that no record can have, such as a choice among texts that are no names in Java, make
 * their side a JSON object. Several predictors become the steps of one program, called in order;
 * each takes the values of its inputs from the steps before it and from the program's input, by
 * their names.
 */
public final class JavaSource {
  private JavaSource() {}

  /**
   * The compilation unit.
   *
   * @param artifact the name of the file that its comment says to load
   * @throws InvalidInputException if a predictor is part of an agent, whose code no file has, or
   *     steps do not fit together by the names of their fields
   */
  public static String of(PortableProgram program, SourceName name, String artifact) {
    program.predictors().forEach(JavaSource::requireNoTurns);
    return program.predictors().size() == 1
        ? single(program.predictors().get(0), name, artifact)
        : StepsSource.of(program, name, artifact);
  }

  private static void requireNoTurns(PortablePredictor predictor) {
    boolean agent =
        predictor.signature().inputFields().stream().anyMatch(f -> isTurns(f.type().typeName()))
            || predictor.signature().outputFields().stream()
                .anyMatch(f -> isTurns(f.type().typeName()));
    if (agent) {
      throw InvalidInputException.of(
          "The predictor \"%s\" is part of an agent, whose tools are code that no file has"
              .formatted(predictor.name()),
          "write the agent in Java and load the file into it with Compiled.load");
    }
  }

  private static boolean isTurns(String typeName) {
    return typeName.contains("trajectory") || typeName.contains("toolcalls");
  }

  private static String single(PortablePredictor predictor, SourceName name, String artifact) {
    JavaTypes types = new JavaTypes(Flavour.HONE);
    types.reserve(name.className());
    types.imported("dev.hone.compiled.Compiled");
    types.imported("java.nio.file.Path");
    StepSource step = StepSource.of(predictor, "", types);
    String body =
        """
          private %s() {}

        %s
          /** The program, with its instructions and without demos. */
          public static %s program() {
            return %s;
          }

          /**
           * The program with all that was learnt.
           *
           * @param file such as %s
           */
          public static Compiled<%s, %s> load(Path file) {
            return Compiled.load(program(), file);
          }
        }
        """
            .formatted(
                name.className(),
                types.declarations(),
                step.type(types),
                step.expression(types, "    "),
                JavaText.comment(artifact),
                step.inputType(),
                step.outputType());
    return unit(types, name, predictor.state().instructions(), "final class") + body;
  }

  /** Everything up to the body of the class. */
  static String unit(JavaTypes types, SourceName name, String says, String kind) {
    String first = JavaText.comment(says.lines().findFirst().orElse(""));
    String comment = first.length() > 90 ? first.substring(0, 90) + "…" : first;
    return name.packageLine()
        + types.importLines()
        + "/** %s Written by hone export. */\n".formatted(comment)
        + "public %s %s {\n".formatted(kind, name.className());
  }
}
