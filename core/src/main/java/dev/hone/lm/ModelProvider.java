package dev.hone.lm;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes models of one kind by their names. One that is named in {@code
 * META-INF/services/dev.hone.lm.ModelProvider} and is on the class path is found by {@link
 * LanguageModel#named}; it is a public class with a public constructor without parameters.
 * Implementations are thread-safe.
 */
public interface ModelProvider {
  /**
   * The kind, which stands before the colon of a model's name, such as {@code openai}; for a
   * provider of a single model the whole name.
   */
  String name();

  /** How names of this kind look, such as {@code openai:MODEL}. */
  String form();

  /**
   * A complete name, with as much of what was given as can be used, for the fix in a message.
   *
   * @param given what was given after the colon; may be empty
   */
  String example(String given);

  /**
   * What a name lacks, in words that go after "lacks", such as {@code the model's name}; empty if
   * nothing. Default: the model's name, if nothing is given after the colon.
   */
  default Optional<String> missing(ModelSpec spec) {
    return spec.rest().isBlank() ? Optional.of("the model's name") : Optional.empty();
  }

  /** The environment variable that the credential is read from; empty if there is none. */
  default Optional<String> credentialVariable() {
    return Optional.empty();
  }

  /**
   * What its models are, in a few words that begin with a capital and have no dot at the end, such
   * as {@code Models of OpenAI}. Default: that they have this name.
   */
  default String description() {
    return "Models named " + name();
  }

  /**
   * The environment variables that its models read. Default: the {@link #credentialVariable()}, as
   * one that must be set.
   */
  default List<Variable> variables() {
    return credentialVariable().map(key -> Variable.required(key, "the key")).stream().toList();
  }

  /**
   * The variables that must be set for its models and are not: absent or blank.
   *
   * @param environment the variables that are set, such as {@link System#getenv()}
   */
  default List<Variable> unsetVariables(Map<String, String> environment) {
    return variables().stream()
        .filter(Variable::isRequired)
        .filter(variable -> !variable.isSet(environment))
        .toList();
  }

  /**
   * How a user gets to call its models, such as {@code make a key in the account, and set
   * OPENAI_API_KEY}: words that go after "Maybe". Default: to set the variables that must be.
   */
  default String howToGet() {
    List<String> names =
        variables().stream().filter(Variable::isRequired).map(Variable::name).toList();
    return names.isEmpty()
        ? "use " + example("")
        : "set " + String.join(" and ", names) + ", and use " + example("");
  }

  /**
   * The library that its models are made with, as {@code group:artifact}, for the message where
   * somebody has left that out of the class path. Default: empty.
   */
  default Optional<String> library() {
    return Optional.empty();
  }

  /**
   * What a model of this kind is known to offer, without a call; empty where nothing is known
   * before it is tried. Default: empty.
   *
   * @param model what stands after the colon of its name
   */
  default Optional<Capabilities> offers(String model) {
    return Optional.empty();
  }

  /** All providers on the class path, in the order of their names; found once. */
  static List<ModelProvider> installed() {
    return ModelSpec.Installed.providers();
  }

  /** The kinds that Hone's modules provide and that are not on the class path, with the module. */
  static Map<String, String> notInstalled() {
    return ModelSpec.Installed.absent();
  }

  /** Whether its models run inside of this process, so that they need no network. Default: no. */
  default boolean isInProcess() {
    return false;
  }

  /**
   * Makes the model, without a call. Reads what it needs of the environment by {@link
   * ModelSpec#variable}; a credential goes into the model and into no message.
   *
   * @param spec a name of this kind that lacks nothing
   * @throws dev.hone.InvalidInputException if the name or the environment cannot be used
   */
  LanguageModel create(ModelSpec spec);

  /**
   * An environment variable that models read. Holds no value of it. Immutable.
   *
   * @param name such as {@code OPENAI_API_KEY}
   * @param isRequired whether a model cannot be made without it
   * @param meaning what it holds, such as {@code the key}
   */
  record Variable(String name, boolean isRequired, String meaning) {
    /** One that must be set. */
    public static Variable required(String name, String meaning) {
      return new Variable(name, true, meaning);
    }

    /** One that may be set. */
    public static Variable optional(String name, String meaning) {
      return new Variable(name, false, meaning);
    }

    /** Whether an environment has a value for it, that is not blank. */
    public boolean isSet(Map<String, String> environment) {
      return !environment.getOrDefault(name, "").isBlank();
    }
  }
}
