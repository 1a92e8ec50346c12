package dev.hone.optimize;

import dev.hone.price.Money;
import dev.hone.text.Plural;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one stage of a run will cost, known before any call is made. Immutable.
 *
 * <p>Calls are bounds for a run that goes its full course, in which each predictor is called once
 * per run of the program, every reply can be read, no attempt is tried again and nothing comes from
 * a cache; a judge's calls within the metric are not among them. Tokens and money are estimates
 * from rendered prompts, the lower bound cautious and the upper one generous.
 */
public final class PlannedStage {
  private final String name;
  private final String formula;
  private final long minCalls;
  private final long maxCalls;
  private final long minTokens;
  private final long maxTokens;
  private final @Nullable Money minMoney;
  private final @Nullable Money maxMoney;

  private PlannedStage(
      String name,
      String formula,
      long[] callsAndTokens,
      @Nullable Money minMoney,
      @Nullable Money maxMoney) {
    this.name = name;
    this.formula = formula;
    this.minCalls = callsAndTokens[0];
    this.maxCalls = callsAndTokens[1];
    this.minTokens = callsAndTokens[2];
    this.maxTokens = callsAndTokens[3];
    this.minMoney = minMoney;
    this.maxMoney = maxMoney;
  }

  /**
   * A stage of which calls are known.
   *
   * @param name as in {@link OptimizationReport#spendByStage}
   * @param formula how the calls come about, such as {@code 20 examples x 16 candidates}
   */
  public static PlannedStage of(String name, String formula, long minCalls, long maxCalls) {
    long unknown = OptimizationPlan.UNKNOWN;
    return new PlannedStage(name, formula, new long[] {minCalls, maxCalls, 0, unknown}, null, null);
  }

  /** A copy with estimated tokens, those sent and those received. */
  public PlannedStage withTokens(long min, long max) {
    return new PlannedStage(
        name, formula, new long[] {minCalls, maxCalls, min, max}, minMoney, maxMoney);
  }

  /** A copy with estimated money, where the price of the model is known. */
  public PlannedStage withMoney(Money min, Money max) {
    return new PlannedStage(
        name, formula, new long[] {minCalls, maxCalls, minTokens, maxTokens}, min, max);
  }

  /** Its name, as in {@link OptimizationReport#spendByStage}. */
  public String name() {
    return name;
  }

  /** How its calls come about. */
  public String formula() {
    return formula;
  }

  /** The fewest calls. */
  public long minCalls() {
    return minCalls;
  }

  /** The most calls; {@link OptimizationPlan#UNKNOWN} if there is no bound. */
  public long maxCalls() {
    return maxCalls;
  }

  /** The fewest tokens, as estimated. */
  public long minTokens() {
    return minTokens;
  }

  /** The most tokens, as estimated; {@link OptimizationPlan#UNKNOWN} if they are not. */
  public long maxTokens() {
    return maxTokens;
  }

  /** The least money, as estimated; empty where the model has no price. */
  public Optional<Money> minMoney() {
    return Optional.ofNullable(minMoney);
  }

  /** The most money, as estimated; empty where the model has no price. */
  public Optional<Money> maxMoney() {
    return Optional.ofNullable(maxMoney);
  }

  /** One line, such as {@code search: 20 to 360 calls (18 trials x 20 examples), …}. */
  @Override
  public String toString() {
    return "%s: %s (%s)%s".formatted(name, calls(minCalls, maxCalls), formula, cost());
  }

  /** Tokens and money as further parts of a list; empty where nothing is estimated. */
  private String cost() {
    return maxTokens == OptimizationPlan.UNKNOWN || maxCalls == 0
        ? ""
        : cost(minTokens, maxTokens, minMoney, maxMoney);
  }

  static String calls(long min, long max) {
    if (max == OptimizationPlan.UNKNOWN) {
      return "%d calls or more".formatted(min);
    }
    return min == max ? Plural.of(max, "call") : "%d to %s".formatted(min, Plural.of(max, "call"));
  }

  static String cost(long min, long max, @Nullable Money least, @Nullable Money most) {
    String money =
        least == null || most == null
            ? ", no price known"
            : most.leastUsd().signum() == 0
                ? ", free of charge"
                : ", %s to %s".formatted(least, most);
    return String.format(Locale.ROOT, ", about %,d to %,d tokens%s", min, max, money);
  }
}
