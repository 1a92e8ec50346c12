package dev.hone.project.model;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmOptions;
import dev.hone.lm.ModelProvider;
import dev.hone.lm.ModelSpec;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * A model by name, with options.
 *
 * @param name as {@code LanguageModel.named} takes it
 * @param options temperature and others; those that are not said are unset
 */
public record ModelChoice(String name, LmOptions options) {
  /** The keys of a model. */
  public static final List<String> KEYS =
      List.of("name", "temperature", "max tokens", "top p", "stop");

  private static final Set<String> KINDS =
      Set.of("embedded", "openai", "openai-compatible", "anthropic", "gemini", "ollama");

  /** Reads a name, or a map with a name and options; empty, with a problem, for anything else. */
  public static Optional<ModelChoice> read(YamlNode node, String path, Problems problems) {
    if (node.isScalar()) {
      return named(node, path, node.text().strip(), LmOptions.defaults(), problems);
    }
    YamlMap map = YamlMap.of(node, path, problems, KEYS);
    if (!node.isMap()) {
      return Optional.empty();
    }
    LmOptions options =
        Objects.requireNonNullElse(
            problems.made(node, path, () -> options(map)), LmOptions.defaults());
    Optional<YamlNode> name = map.get("name");
    if (name.isEmpty()) {
      problems.add(node, path, "no name", "the key name", "write name: openai:gpt-4o-mini");
      return Optional.empty();
    }
    return YamlMap.text(name.get(), map.path("name"), problems)
        .flatMap(text -> named(name.get(), map.path("name"), text, options, problems));
  }

  private static Optional<ModelChoice> named(
      YamlNode node, String path, String name, LmOptions options, Problems problems) {
    try {
      if (!isElsewhere(name)) {
        ModelSpec.parse(name);
      }
    } catch (InvalidInputException e) {
      problems.refused(node, path, e);
      return Optional.empty();
    }
    return Optional.of(new ModelChoice(name, options));
  }

  /** Whether a model is of a module that is not on this class path, as where a report is made. */
  private static boolean isElsewhere(String name) {
    String kind = name.split("[:/]", 2)[0];
    return KINDS.contains(kind)
        && ServiceLoader.load(ModelProvider.class).stream()
            .map(provider -> provider.get().name())
            .noneMatch(kind::equals);
  }

  /** The model, made by a function of its name, with its options. */
  public LanguageModel create(Function<String, LanguageModel> models) {
    LanguageModel model = models.apply(name);
    return options.equals(LmOptions.defaults())
        ? model
        : model.withOptions(
            builder ->
                builder
                    .temperature(options.temperature())
                    .maxTokens(options.maxTokens())
                    .topP(options.topP())
                    .stop(options.stop()));
  }

  private static LmOptions options(YamlMap map) {
    LmOptions.Builder options = LmOptions.builder();
    map.number("temperature").ifPresent(options::temperature);
    OptionalInt tokens = map.count("max tokens", 1);
    tokens.ifPresent(options::maxTokens);
    map.number("top p").ifPresent(options::topP);
    List<String> stop = map.texts("stop");
    if (!stop.isEmpty()) {
      options.stop(stop);
    }
    return options.build();
  }
}
