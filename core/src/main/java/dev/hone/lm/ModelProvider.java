package dev.hone.lm;

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
}
