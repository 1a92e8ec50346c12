package dev.hone.exchange.source;

import dev.hone.exchange.PortablePredictor;
import dev.hone.exchange.PortableProgram;
import dev.hone.lm.LmMessage;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A program as prompts of Spring AI: a class with a method for each predictor that makes its {@code
 * Prompt}, system message and demos as they are and the last turn by a {@code PromptTemplate}, and
 * one that reads the answer with a {@code BeanOutputConverter}. The layout is that of {@code
 * Adapter.json()}.
 */
public final class SpringAiSource {
  private static final String CHAT = "org.springframework.ai.chat.";

  private final JavaTypes types = new JavaTypes(Flavour.PLAIN);
  private final StringBuilder constants = new StringBuilder();

  private SpringAiSource() {}

  /**
   * The compilation unit.
   *
   * @throws dev.hone.InvalidInputException if a field is turns of a conversation or an image
   */
  public static String of(PortableProgram program, SourceName name) {
    SpringAiSource source = new SpringAiSource();
    source.types.reserve(name.className());
    boolean one = program.predictors().size() == 1;
    String methods =
        program.predictors().stream()
            .map(p -> source.methods(p, one ? "" : LangChain4jSource.last(p.name())))
            .collect(Collectors.joining("\n"));
    String says = program.predictors().get(0).state().instructions();
    return JavaSource.unit(source.types, name, says, "final class")
        + source.constants
        + "  private %s() {}\n\n".formatted(name.className())
        + methods
        + "\n"
        + source.types.declarations()
        + "}\n";
  }

  /**
   * The template of a predictor's last turn, as Spring AI's default renderer reads it: {@code
   * {name}} for an input, and a backslash before any brace or backslash of the text.
   */
  public static String userTemplate(PortablePredictor predictor) {
    return TemplateText.of(predictor)
        .user(predictor.signature().inputFields(), SpringAiSource::escaped, n -> "{" + n + "}");
  }

  /** A text that the renderer gives back as it is. */
  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}");
  }

  private String methods(PortablePredictor predictor, String prefix) {
    TemplateText text = TemplateText.of(predictor);
    String constant = prefix.isEmpty() ? "" : SourceName.constant(prefix) + "_";
    constant(constant + "SYSTEM", text.system());
    constant(constant + "USER_TEMPLATE", userTemplate(predictor));
    String output =
        types.record(
            SourceName.pascal(prefix.isEmpty() ? "Output" : prefix + " output"),
            predictor.signature().outputFields(),
            "What it returns.");
    List<Field> inputs = predictor.signature().inputFields();
    String pascal = prefix.isEmpty() ? "" : SourceName.pascal(prefix);
    String message = types.imported(CHAT + "messages.Message");
    return """
          /** The prompt for an input: %s */
          public static %s %s(%s) {
            %s<%s> messages = new %s<>();
            messages.add(new %s(%sSYSTEM));
        %s    messages.add(
                new %s(%sUSER_TEMPLATE)
                    .createMessage(%s));
            return new Prompt(messages);
          }

          /** Reads the answer to it. */
          public static %s read%s(String answer) {
            return new %s<>(%s.class).convert(answer);
          }
        """
        .formatted(
            JavaText.comment(predictor.state().instructions().lines().findFirst().orElse("")),
            types.imported(CHAT + "prompt.Prompt"),
            prefix.isEmpty() ? "prompt" : SourceName.camel(prefix) + "Prompt",
            parameters(inputs),
            types.imported("java.util.List"),
            message,
            types.imported("java.util.ArrayList"),
            types.imported(CHAT + "messages.SystemMessage"),
            constant,
            demos(text.demos(), constant),
            types.imported(CHAT + "prompt.PromptTemplate"),
            constant,
            values(inputs),
            output,
            pascal,
            types.imported("org.springframework.ai.converter.BeanOutputConverter"),
            output);
  }

  private void constant(String name, String text) {
    constants.append(
        "  private static final String %s =\n      %s;\n\n"
            .formatted(name, JavaText.expression(text, "      ")));
  }

  private String demos(List<LmMessage> demos, String prefix) {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < demos.size(); i++) {
      boolean user = demos.get(i).role() == LmMessage.Role.USER;
      String name = prefix + "DEMO_" + (i / 2 + 1) + (user ? "_INPUT" : "_ANSWER");
      constant(name, demos.get(i).text());
      String type =
          types.imported(CHAT + (user ? "messages.UserMessage" : "messages.AssistantMessage"));
      code.append("    messages.add(new %s(%s));\n".formatted(type, name));
    }
    return code.toString();
  }

  private static String parameters(List<Field> inputs) {
    return inputs.stream()
        .map(field -> "String " + SourceName.camel(field.name()))
        .collect(Collectors.joining(", "));
  }

  private String values(List<Field> inputs) {
    types.imported("java.util.Map");
    List<String> entries = new ArrayList<>();
    for (Field field : inputs) {
      entries.add(
          "Map.entry(%s, %s)"
              .formatted(JavaText.literal(field.name()), SourceName.camel(field.name())));
    }
    return "Map.ofEntries(" + String.join(", ", entries) + ")";
  }
}
