package dev.hone.cli.frame;

import dev.hone.InvalidInputException;
import dev.hone.lm.ModelSpec;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Asks before work that costs money. Models that run in this process cost none, and nothing is
 * asked. Where nobody can answer, such work is refused unless {@code --yes} says go on.
 */
public final class Consent {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-y", "--yes"},
      description = "Goes on without asking before work that costs money.")
  private boolean yes;

  /** As {@link #isGiven(List, String)}, for a single model. */
  public boolean isGiven(ModelSpec model, String work) {
    return isGiven(List.of(model), work);
  }

  /**
   * Asks whether to go on.
   *
   * @param models whose calls may cost
   * @param work what it would cost at most, in a phrase
   * @return whether the answer was yes, or none was needed
   * @throws InvalidInputException if it has to be asked and there is no one to ask
   */
  public boolean isGiven(List<ModelSpec> models, String work) {
    List<ModelSpec> paid =
        models.stream().filter(model -> !model.provider().isInProcess()).toList();
    if (yes || paid.isEmpty()) {
      return true;
    }
    String names = paid.stream().map(ModelSpec::toString).collect(Collectors.joining(" and "));
    if (!Terminal.canAsk()) {
      throw InvalidInputException.of(
          "This may cost money (%s on %s), and there is no terminal to ask on; nothing was done"
              .formatted(work, names),
          "say --yes, with a limit such as --max-cost 1.00 or --max-calls 500");
    }
    PrintWriter err = spec.commandLine().getErr();
    err.print(work + " on " + names + ". Go on? [Y/n] ");
    err.flush();
    return isYes(Terminal.answer().orElse("n"));
  }

  static boolean isYes(String answer) {
    String word = answer.strip().toLowerCase(Locale.ROOT);
    return word.isEmpty() || word.equals("y") || word.equals("yes");
  }
}
