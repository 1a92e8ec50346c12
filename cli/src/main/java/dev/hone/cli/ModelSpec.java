package dev.hone.cli;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.local.EmbeddedModel;

/**
 * The models that the command line knows by name: {@code embedded}, {@code openai:MODEL} with the
 * key in the environment variable OPENAI_API_KEY, and {@code openai-compatible:MODEL@URL} with an
 * optional key in HONE_API_KEY.
 */
public final class ModelSpec {
  private static final String FORMS = "embedded, openai:MODEL or openai-compatible:MODEL@URL";

  private ModelSpec() {}

  /**
   * Makes the model that a text names. Makes no call.
   *
   * @throws InvalidInputException if the text names none, or its key is missing
   */
  public static LanguageModel parse(String text) {
    if (text.equals("embedded")) {
      return EmbeddedModel.load();
    }
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind) {
      case "openai" -> OpenAiModels.openAi(required(rest, text));
      case "openai-compatible" -> compatible(rest, text);
      default -> throw unknown(text);
    };
  }

  private static LanguageModel compatible(String rest, String text) {
    int at = rest.indexOf('@');
    if (at <= 0 || at == rest.length() - 1) {
      throw unknown(text);
    }
    return OpenAiModels.openAiCompatible(
        rest.substring(0, at), rest.substring(at + 1), System.getenv("HONE_API_KEY"));
  }

  private static String required(String model, String text) {
    if (model.isBlank()) {
      throw unknown(text);
    }
    return model;
  }

  private static InvalidInputException unknown(String text) {
    return InvalidInputException.of(
        "The model \"" + text + "\" is not " + FORMS,
        "write, for example, openai-compatible:llama3.2@http://localhost:11434/v1");
  }
}
