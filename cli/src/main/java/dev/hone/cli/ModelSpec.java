package dev.hone.cli;

import dev.hone.InvalidInputException;
import dev.hone.langchain4j.OpenAiModels;
import dev.hone.lm.LanguageModel;
import dev.hone.local.EmbeddedModel;
import dev.hone.text.NearestName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The models that the command line knows by name: {@code embedded}, {@code openai:MODEL} with the
 * key in the environment variable OPENAI_API_KEY, and {@code openai-compatible:MODEL@URL} with an
 * optional key in HONE_API_KEY.
 */
public final class ModelSpec {
  private static final String EMBEDDED = "embedded";
  private static final String OPENAI = "openai";
  private static final String COMPATIBLE = "openai-compatible";
  private static final String KEY_VARIABLE = "HONE_API_KEY";
  private static final String EXAMPLE_MODEL = "llama3.2";
  private static final String EXAMPLE_URL = "http://localhost:11434/v1";

  private ModelSpec() {}

  /**
   * Makes the model that a text names. Makes no call.
   *
   * @throws InvalidInputException if the text names none, or its key is missing
   */
  public static LanguageModel parse(String text) {
    return parse(text, System.getenv());
  }

  static LanguageModel parse(String text, Map<String, String> environment) {
    if (text.equals(EMBEDDED)) {
      return EmbeddedModel.load();
    }
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String rest = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind) {
      case OPENAI -> openAi(rest, text);
      case COMPATIBLE -> compatible(rest, text, environment.get(KEY_VARIABLE));
      default -> throw unknown(kind, rest, text);
    };
  }

  /** The environment variable from which a remote model has its key. */
  public static String keyVariable(LanguageModel model) {
    return model.id().startsWith(OPENAI + ":") ? OpenAiModels.KEY_VARIABLE : KEY_VARIABLE;
  }

  private static LanguageModel openAi(String model, String text) {
    if (model.isBlank()) {
      throw invalid(text, "lacks the model's name", example(OPENAI, ""));
    }
    return OpenAiModels.openAi(model);
  }

  /** Names may have an @, so the one that begins a URL counts, else the last. */
  private static LanguageModel compatible(String rest, String text, @Nullable String key) {
    int http = rest.indexOf("@http");
    int at = http < 0 ? rest.lastIndexOf('@') : http;
    String model = at < 0 ? rest : rest.substring(0, at);
    String url = at < 0 ? "" : rest.substring(at + 1);
    if (model.isBlank()) {
      String named = url.isBlank() ? "" : EXAMPLE_MODEL + "@" + url;
      throw invalid(text, "lacks the model's name", example(COMPATIBLE, named));
    }
    if (url.isBlank()) {
      throw invalid(text, "lacks @URL, where the server is", example(COMPATIBLE, model));
    }
    requireOneLine(key);
    return OpenAiModels.openAiCompatible(model, url, key);
  }

  /** The model would say the same, but not which variable it came from. */
  private static void requireOneLine(@Nullable String key) {
    if (key != null && key.strip().chars().anyMatch(Character::isISOControl)) {
      throw InvalidInputException.of(
          "The environment variable "
              + KEY_VARIABLE
              + " holds a line break or another control character within the key",
          "set it again, to the key alone");
    }
  }

  private static InvalidInputException unknown(String kind, String rest, String text) {
    String meant =
        NearestName.of(kind, List.of(EMBEDDED, OPENAI, COMPATIBLE))
            .map(nearest -> example(nearest, rest))
            .orElse(example(OPENAI, "") + " or " + example(COMPATIBLE, ""));
    return invalid(
        text, "is none of embedded, openai:MODEL and openai-compatible:MODEL@URL", meant);
  }

  /** A model of a kind, with as much of what was given as can be used. */
  private static String example(String kind, String given) {
    return switch (kind) {
      case EMBEDDED -> EMBEDDED;
      case OPENAI -> OPENAI + ":" + (given.isBlank() ? "gpt-4o-mini" : given);
      default -> {
        String model = given.isBlank() ? EXAMPLE_MODEL : given;
        yield COMPATIBLE + ":" + model + (model.contains("@") ? "" : "@" + EXAMPLE_URL);
      }
    };
  }

  private static InvalidInputException invalid(String text, String what, String meant) {
    return InvalidInputException.of("The model (%s) %s".formatted(text, what), "use " + meant);
  }
}
