package dev.hone.cli.frame;

import dev.hone.InvalidInputException;
import dev.hone.context.Budget;
import dev.hone.project.ProgramFile;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that limit what a command may spend. */
public final class BudgetOptions {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,6}) *(s|min|m|h)");

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      description = "The most calls of models, retries included.")
  private @Nullable Long calls;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The most tokens, sent and received.")
  private @Nullable Long tokens;

  @Option(
      names = "--max-cost",
      paramLabel = "USD",
      description =
          "The most money, in US dollars, such as 1.50; needs a model whose price is known.")
  private @Nullable Double cost;

  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      description = "The most time, such as 90s, 20min or 2h.")
  private @Nullable String time;

  /** Whether any limit was given. */
  public boolean any() {
    return calls != null || tokens != null || cost != null || time != null;
  }

  /**
   * The budget: the options, each in the place of what the project file says of it.
   *
   * @throws InvalidInputException if a limit cannot be used
   */
  public Budget over(ProgramFile project) {
    return over(Optional.of(project.budget()));
  }

  /** As {@link #over(ProgramFile)}, for a budget; empty for none. */
  public Budget over(Optional<Budget> before) {
    if (cost != null && !(cost > 0 && cost < Double.POSITIVE_INFINITY)) {
      throw InvalidInputException.of(
          "--max-cost (%s) is no amount of money above 0".formatted(cost), "use 1.50");
    }
    Budget budget = before.orElseGet(Budget::unlimited);
    budget = calls == null ? budget : budget.calls(calls);
    budget = tokens == null ? budget : budget.tokens(tokens);
    budget = cost == null ? budget : budget.money(cost);
    return time == null ? budget : budget.wallClock(duration(time));
  }

  private static Duration duration(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      throw InvalidInputException.of(
          "--max-time (%s) is not a time".formatted(text), "use 90s, 20min or 2h");
    }
    long number = Long.parseLong(matcher.group(1));
    if (number == 0) {
      throw InvalidInputException.of("--max-time (" + text + ") is no time at all", "use 20min");
    }
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
