package dev.hone.cli.frame;

import dev.hone.InvalidInputException;
import dev.hone.lm.ModelSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for the model that answers, and the cache of its replies. */
public final class ModelOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "embedded, openai:MODEL (key in OPENAI_API_KEY), or openai-compatible:MODEL@URL (key, if"
              + " any, in HONE_API_KEY). Default: the model of the project file, or embedded.")
  private @Nullable String model;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "16",
      description =
          "The most model calls at once (default: ${DEFAULT-VALUE}). Does not change the result.")
  private int inFlight;

  @Mixin private CacheOptions cacheOptions = new CacheOptions();

  /** The model's name: the option, else what the project says, else the embedded model. */
  public String name(Optional<String> ofProject) {
    return model != null ? model : ofProject.orElse("embedded");
  }

  /**
   * Makes the model; a remote one is first asked for one word, to see that it is there.
   *
   * @throws InvalidInputException if the name or a number cannot be used
   */
  public OpenModel open(Optional<String> ofProject) {
    OpenModel model = openUnasked(ofProject);
    try {
      model.probe();
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  /**
   * Makes the model without a call; for commands that ask the user first.
   *
   * @throws InvalidInputException if the name or a number cannot be used
   */
  public OpenModel openUnasked(Optional<String> ofProject) {
    if (inFlight < 1) {
      throw InvalidInputException.of("--in-flight (" + inFlight + ") is less than 1", "use 16");
    }
    ModelSpec named = ModelSpec.parse(name(ofProject));
    named.create(); // what is wrong with it is said before a cache is opened
    return new OpenModel(named, cacheOptions.open(named, spec.commandLine().getErr()), inFlight);
  }
}
