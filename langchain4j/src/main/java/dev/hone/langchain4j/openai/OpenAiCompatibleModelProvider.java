package dev.hone.langchain4j.openai;

import dev.hone.langchain4j.OpenAiModels;
import dev.hone.langchain4j.wire.Endpoint;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import java.util.List;
import java.util.Optional;

/**
 * Provides {@code openai-compatible:MODEL@URL}, see {@link OpenAiModels#openAiCompatible}, with the
 * key, if the server wants one, from the environment variable {@value #KEY_VARIABLE}. Found by
 * {@link LanguageModel#named}.
 */
public final class OpenAiCompatibleModelProvider implements ModelProvider {
  /** The environment variable that holds the key of the server. */
  public static final String KEY_VARIABLE = "HONE_API_KEY";

  private static final String NAME = "openai-compatible";
  private static final String EXAMPLE = "llama3.2";

  /** For the service loader. */
  public OpenAiCompatibleModelProvider() {}

  /** A model and the URL of its server; blank where they were not given. */
  private record Place(String model, String url) {
    /** Names may have an @, so the one that begins a URL counts, else the last. */
    static Place of(String given) {
      int http = given.indexOf("@http");
      int at = http < 0 ? given.lastIndexOf('@') : http;
      return at < 0
          ? new Place(given, "")
          : new Place(given.substring(0, at), given.substring(at + 1));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String form() {
    return NAME + ":MODEL@URL";
  }

  @Override
  public String example(String given) {
    Place place = Place.of(given);
    return "%s:%s@%s"
        .formatted(
            NAME,
            place.model().isBlank() ? EXAMPLE : place.model(),
            place.url().isBlank() ? Endpoint.EXAMPLE_URL : place.url());
  }

  @Override
  public Optional<String> missing(ModelSpec spec) {
    Place place = Place.of(spec.rest());
    if (place.model().isBlank()) {
      return Optional.of("the model's name");
    }
    return place.url().isBlank() ? Optional.of("@URL, where the server is") : Optional.empty();
  }

  @Override
  public Optional<String> credentialVariable() {
    return Optional.of(KEY_VARIABLE);
  }

  @Override
  public String description() {
    return "Models behind any server that speaks OpenAI's protocol: vLLM, llama.cpp, LM Studio,"
        + " gateways";
  }

  @Override
  public List<Variable> variables() {
    return List.of(Variable.optional(KEY_VARIABLE, "the key, if the server wants one"));
  }

  @Override
  public Optional<String> library() {
    return Optional.of("dev.langchain4j:langchain4j-open-ai");
  }

  @Override
  public LanguageModel create(ModelSpec spec) {
    Place place = Place.of(spec.rest());
    Optional<String> key = spec.variable(KEY_VARIABLE).map(String::strip);
    key.ifPresent(k -> Endpoint.requireOneLine("The environment variable " + KEY_VARIABLE, k));
    return OpenAiModels.openAiCompatible(place.model(), place.url(), key.orElse(null));
  }
}
