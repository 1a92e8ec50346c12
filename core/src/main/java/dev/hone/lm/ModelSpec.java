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
import org.jspecify.annotations.Nullable;

/**
 * A model as a text names it, such as {@code openai:gpt-4o-mini}, with the provider that knows the
 * kind. Holds the environment, which may have credentials, and never shows it. Immutable.
 */
public final class ModelSpec {
  private final String text;
  private final String rest;
  private final ModelProvider provider;
  private final Map<String, String> environment;

  ModelSpec(String text, String rest, ModelProvider provider, Map<String, String> environment) {
    this.text = text;
    this.rest = rest;
    this.provider = provider;
    this.environment = environment;
  }

  /**
   * Reads a name, under the environment of the process.
   *
   * @throws InvalidInputException if no provider on the class path knows the kind, or the name is
   *     incomplete
   */
  public static ModelSpec parse(String text) {
    return parse(text, System.getenv());
  }

  /**
   * Reads a name.
   *
   * @param environment the variables from which providers read credentials
   * @throws InvalidInputException if no provider on the class path knows the kind, or the name is
   *     incomplete
   */
  public static ModelSpec parse(String text, Map<String, String> environment) {
    return parse(text, environment, Installed.providers());
  }

  static ModelSpec parse(
      String text, Map<String, String> environment, List<ModelProvider> providers) {
    if ((@Nullable String) text == null) {
      throw InvalidInputException.of("The name of the model is null", "use openai:gpt-4o-mini");
    }
    String name = text.strip();
    int end = endOfKind(name);
    String kind = name.substring(0, end);
    String rest = end == name.length() ? "" : name.substring(end + 1);
    for (ModelProvider provider : providers) {
      if (provider.name().equals(kind)) {
        return new ModelSpec(text, rest, provider, environment).complete();
      }
    }
    throw Installed.unknown(text, kind, rest, providers);
  }

  /** The kind ends at the first colon; a slash before it stands for one. */
  private static int endOfKind(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) == ':' || name.charAt(i) == '/') {
        return i;
      }
    }
    return name.length();
  }

  private ModelSpec complete() {
    Optional<String> missing = provider.missing(this);
    if (missing.isPresent()) {
      throw invalid("lacks " + missing.get());
    }
    return this;
  }

  /**
   * The exception for a name that cannot be used, with the provider's example as its fix.
   *
   * @param problem what is wrong, such as {@code lacks the model's name}
   */
  public InvalidInputException invalid(String problem) {
    return InvalidInputException.of(
        "The model (%s) %s".formatted(this, problem),
        "use " + Redaction.of(provider.example(rest)));
  }

  /** The name as it was given. */
  public String text() {
    return text;
  }

  /** What stands after the colon; empty if nothing does. */
  public String rest() {
    return rest;
  }

  /** The provider that knows the kind. */
  public ModelProvider provider() {
    return provider;
  }

  /** A variable of the environment; empty if it is not set. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name));
  }

  /**
   * Makes the model, without a call.
   *
   * @throws InvalidInputException if the name or the environment cannot be used, or a library that
   *     the provider needs is not on the class path
   */
  public LanguageModel create() {
    try {
      return provider.create(this);
    } catch (NoClassDefFoundError e) {
      throw new InvalidInputException(
          "The model (%s) needs the class %s, which is not on the class path. Maybe add %s to it."
              .formatted(
                  this,
                  String.valueOf(e.getMessage()).replace('/', '.'),
                  provider.library().orElse("the library of its provider")),
          e);
    }
  }

  /** The name without what looks like a credential, and without the environment. */
  @Override
  public String toString() {
    return Redaction.of(text);
  }

  /** The providers of models that are on the class path, and the message where there is none. */
  static final class Installed {
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

    private Installed() {}

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
}
