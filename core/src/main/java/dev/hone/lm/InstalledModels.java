package dev.hone.lm;

import dev.hone.InvalidInputException;
import dev.hone.text.NearestName;
import dev.hone.text.Redaction;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The providers of models that are on the class path, and the message where there is none. */
final class InstalledModels {
  private static final String REMOTE = "hone-langchain4j";

  /** Which are named in messages if there are more. */
  private static final List<String> USUAL = List.of("embedded", "openai", "openai-compatible");

  /** Which of Hone's modules provides which kind; the messages know them, nothing else does. */
  private static final Map<String, String> MODULES =
      Map.of(
          "embedded", "hone-local",
          "openai", REMOTE,
          "openai-compatible", REMOTE,
          "anthropic", REMOTE,
          "gemini", REMOTE,
          "ollama", REMOTE,
          "mistral", REMOTE,
          "azure-openai", REMOTE,
          "bedrock", REMOTE);

  private InstalledModels() {}

  private static final class Holder {
    private static final List<ModelProvider> FOUND =
        ServiceLoader.load(ModelProvider.class, ModelProvider.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .sorted(Comparator.comparing(ModelProvider::name))
            .toList();
  }

  /** All that {@link ServiceLoader} finds, in the order of their names; found once. */
  static List<ModelProvider> providers() {
    return Holder.FOUND;
  }

  /** The kinds of Hone's modules that are not there, with the module, in the order of names. */
  static Map<String, String> absent() {
    Map<String, String> absent = new TreeMap<>(MODULES);
    providers().forEach(provider -> absent.remove(provider.name()));
    return Collections.unmodifiableMap(absent);
  }

  /** The exception for a kind that no provider knows. */
  static InvalidInputException unknown(
      String text, String kind, String rest, List<ModelProvider> providers) {
    String problem =
        providers.isEmpty()
            ? "cannot be found, since nothing on the class path provides models by name"
            : "is not one of " + listed(providers);
    return InvalidInputException.of(
        "The model (%s) %s".formatted(Redaction.of(text), problem),
        Redaction.of(fix(kind, rest, providers)));
  }

  /** The forms in words: a, b and c. */
  private static String listed(List<ModelProvider> providers) {
    List<String> forms = providers.stream().map(ModelProvider::form).toList();
    int last = forms.size() - 1;
    return last == 0
        ? forms.get(0)
        : String.join(", ", forms.subList(0, last)) + " and " + forms.get(last);
  }

  private static String fix(String kind, String rest, List<ModelProvider> providers) {
    Set<String> names = providers.stream().map(ModelProvider::name).collect(Collectors.toSet());
    Optional<String> module =
        NearestName.of(kind, MODULES.keySet())
            .filter(meant -> !names.contains(meant))
            .map(MODULES::get);
    if (module.isPresent() || providers.isEmpty()) {
      return "add " + module.orElse(REMOTE) + " to the class path";
    }
    return NearestName.of(kind, names)
        .map(nearest -> "use " + example(nearest, rest, providers))
        .orElseGet(() -> "use " + examples(providers) + others(names));
  }

  private static String example(String name, String rest, List<ModelProvider> providers) {
    return providers.stream()
        .filter(provider -> provider.name().equals(name))
        .map(provider -> provider.example(rest))
        .findFirst()
        .orElse(name);
  }

  private static String examples(List<ModelProvider> providers) {
    boolean many = providers.size() > USUAL.size();
    return providers.stream()
        .filter(provider -> !many || USUAL.contains(provider.name()))
        .map(provider -> provider.example(""))
        .collect(Collectors.joining(" or "));
  }

  private static String others(Set<String> names) {
    return names.contains("openai") ? "" : ", or add " + REMOTE + " to the class path";
  }
}
