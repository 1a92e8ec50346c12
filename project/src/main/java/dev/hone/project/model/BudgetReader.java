package dev.hone.project.model;

import dev.hone.context.Budget;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a run may cost. */
public final class BudgetReader {
  /** The keys of a budget. */
  public static final List<String> KEYS = List.of("calls", "tokens", "money", "time");

  private static final Pattern MONEY =
      Pattern.compile("\\$?\\s*(\\d+(\\.\\d+)?)\\s*(usd|\\$|dollars?)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern TIME =
      Pattern.compile("(\\d+)\\s*(s|sec|seconds?|min|minutes?|h|hours?)", Pattern.CASE_INSENSITIVE);
  private static final Pattern COUNT = Pattern.compile("(\\d[\\d_]*)\\s*([kKmM]?)");

  private BudgetReader() {}

  /** The budget of a map; unlimited where it says nothing. */
  public static Budget read(YamlNode node, String path, Problems problems) {
    YamlMap map = YamlMap.of(node, path, problems, KEYS);
    Budget budget = Budget.unlimited();
    OptionalLong calls = count(map, "calls");
    budget = calls.isPresent() ? budget.calls(calls.getAsLong()) : budget;
    OptionalLong tokens = count(map, "tokens");
    budget = tokens.isPresent() ? budget.tokens(tokens.getAsLong()) : budget;
    Optional<Double> money = money(map);
    budget = money.isPresent() ? budget.money(money.get()) : budget;
    Optional<Duration> time = time(map);
    return time.isPresent() ? budget.wallClock(time.get()) : budget;
  }

  private static OptionalLong count(YamlMap map, String key) {
    Optional<String> text = map.text(key);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    Matcher matcher = COUNT.matcher(text.get());
    if (!matcher.matches() || matcher.group(1).length() > 12) {
      map.problem(key, "a whole number", "write " + key + ": 500");
      return OptionalLong.empty();
    }
    long unit =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "k" -> 1_000;
          case "m" -> 1_000_000;
          default -> 1;
        };
    return OptionalLong.of(Long.parseLong(matcher.group(1).replace("_", "")) * unit);
  }

  private static Optional<Double> money(YamlMap map) {
    Optional<String> text = map.text("money");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = MONEY.matcher(text.get());
    if (!matcher.matches()) {
      map.problem("money", "an amount in US dollars", "write money: 1.50");
      return Optional.empty();
    }
    return Optional.of(Double.parseDouble(matcher.group(1)));
  }

  private static Optional<Duration> time(YamlMap map) {
    Optional<String> text = map.text("time");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = TIME.matcher(text.get());
    if (matcher.matches() && matcher.group(1).length() < 10) {
      long count = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2).toLowerCase(Locale.ROOT).charAt(0)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            default -> Duration.ofHours(count);
          });
    }
    try {
      Duration time = Duration.parse(text.get());
      if (!time.isNegative()) {
        return Optional.of(time);
      }
    } catch (DateTimeException e) {
      // said below, as for any other text
    }
    map.problem("time", "a time, such as 10 min", "write time: 10 min");
    return Optional.empty();
  }
}
