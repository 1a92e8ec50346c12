package dev.hone.exchange.source;

import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program as an AI service of LangChain4j: an interface with a method for each predictor, its
 * system message with the demos, the template of the user message, and a record that is returned.
 * The layout is that of {@code Adapter.json()}, since the service reads answers as JSON.
 *
 * <p>LangChain4j has no way to write two braces as they are. Where a text has them, they are a
 * variable of the template, and a default method fills it in.
 */
public final class LangChain4jSource {
  private static final String BRACES = "twoBraces";
  private static final String SERVICE = "dev.langchain4j.service.";

  private final JavaTypes types = new JavaTypes(Flavour.LANGCHAIN4J);

  private LangChain4jSource() {}

  /**
   * The compilation unit.
   *
   * @throws dev.hone.InvalidInputException if a field is turns of a conversation or an image
   */
  public static String of(PortableProgram program, SourceName name) {
    LangChain4jSource source = new LangChain4jSource();
    source.types.reserve(name.className());
    boolean one = program.predictors().size() == 1;
    String methods =
        program.predictors().stream()
            .map(p -> source.method(p, one ? "" : last(p.name())))
            .collect(Collectors.joining("\n"));
    String says = program.predictors().get(0).state().instructions();
    return JavaSource.unit(source.types, name, says, "interface")
        + methods
        + "\n"
        + source.types.declarations()
        + "}\n";
  }

  /** The name of a predictor without the path to it. */
  static String last(String predictor) {
    String path = predictor.replaceFirst("\\.predict$", "");
    return path.replaceFirst("'?]$", "").replaceFirst(".*[.\\['\"]", "");
  }

  private String method(PortablePredictor predictor, String prefix) {
    TemplateText text = TemplateText.of(predictor);
    List<Field> inputs = predictor.signature().inputFields();
    String output =
        types.record(
            SourceName.pascal(prefix.isEmpty() ? "Output" : prefix + " output"),
            predictor.signature().outputFields(),
            "What it returns.");
    String system = text.systemWithDemos();
    String user = text.user(inputs, t -> t, field -> "{{" + field + "}}");
    boolean braces = (system + text.user()).contains("{{");
    if (braces) {
      system = hidden(system);
      user = text.user(inputs, LangChain4jSource::hidden, field -> "{{" + field + "}}");
    }
    String name = prefix.isEmpty() ? "run" : SourceName.camel(prefix);
    String annotated =
        """
          /** %s */
          @%s(
              %s)
          @%s(
              %s)
          %s %s(%s);
        """
            .formatted(
                JavaText.comment(predictor.state().instructions().lines().findFirst().orElse("")),
                types.imported(SERVICE + "SystemMessage"),
                fixed(system),
                types.imported(SERVICE + "UserMessage"),
                fixed(user),
                output,
                name,
                parameters(inputs, braces));
    return braces ? annotated + filling(inputs, output, name) : annotated;
  }

  private static String hidden(String text) {
    return text.replace("{{", "{{" + BRACES + "}}");
  }

  /** A text in an annotation, in parts where a constant cannot hold it: it then says so. */
  private static String fixed(String text) {
    if (!JavaText.isConstant(text)) {
      throw dev.hone.InvalidInputException.of(
          "The prompt has %,d characters, and an annotation of Java holds fewer than 65,536 bytes"
              .formatted(text.length()),
          "export it as --messages, or with fewer demos");
    }
    return JavaText.expression(text, "      ");
  }

  private String parameters(List<Field> inputs, boolean braces) {
    String v = types.imported(SERVICE + "V");
    List<String> parameters = new ArrayList<>();
    for (Field field : inputs) {
      parameters.add(
          "@%s(%s) %s %s"
              .formatted(
                  v, JavaText.literal(field.name()), type(field), SourceName.camel(field.name())));
    }
    if (braces) {
      parameters.add("@%s(\"%s\") String %s".formatted(v, BRACES, BRACES));
    }
    return String.join(", ", parameters);
  }

  /** Values are written into the template by their text: those with parts come as JSON. */
  private String type(Field field) {
    FieldType type = field.type().withoutOptional();
    boolean parts =
        type instanceof FieldType.ListOf
            || type instanceof FieldType.SetOf
            || type instanceof FieldType.MapOf
            || type instanceof FieldType.ObjectOf
            || type instanceof FieldType.Any;
    return parts ? "String" : types.type(type, field.name(), type != field.type());
  }

  private String filling(List<Field> inputs, String output, String name) {
    String parameters =
        inputs.stream()
            .map(field -> type(field) + " " + SourceName.camel(field.name()))
            .collect(Collectors.joining(", "));
    String arguments =
        inputs.stream()
            .map(field -> SourceName.camel(field.name()) + ", ")
            .collect(Collectors.joining());
    return """

          /** The same, with the two braces that its texts have. */
          default %s %s(%s) {
            return %s(%s"{{");
          }
        """
        .formatted(output, name, parameters, name, arguments);
  }
}
