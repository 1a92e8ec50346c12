package dev.hone.optimize.search;

import dev.hone.SettingCheck;
import org.jspecify.annotations.Nullable;

/**
 * How much a search may try. Immutable; each setter returns a copy.
 *
 * <p>Defaults: every trial on the whole validation set, a full evaluation of the best configuration
 * for every 5 trials, one trial in flight, no target and no patience.
 */
public final class SearchBudget {
  private int trials;
  private @Nullable Integer minibatchSize;
  private int fullEvaluationSteps = 5;
  private int fullEvaluationTop = 1;
  private int trialsInFlight = 1;
  private @Nullable Double targetScore;
  private int patience;
  private boolean wholeValset;

  private SearchBudget(int trials) {
    this.trials = trials;
  }

  private SearchBudget(SearchBudget from) {
    trials = from.trials;
    minibatchSize = from.minibatchSize;
    fullEvaluationSteps = from.fullEvaluationSteps;
    fullEvaluationTop = from.fullEvaluationTop;
    trialsInFlight = from.trialsInFlight;
    targetScore = from.targetScore;
    patience = from.patience;
    wholeValset = from.wholeValset;
  }

  /**
   * A budget of trials, full evaluations not counted, with defaults for all else.
   *
   * @throws dev.hone.InvalidInputException if it is less than 1
   */
  public static SearchBudget ofTrials(int trials) {
    SettingCheck.atLeast("trials", trials, 1);
    return new SearchBudget(trials);
  }

  /** The number of trials, full evaluations not counted; at least 1. */
  public int trials() {
    return trials;
  }

  /** The examples of a minibatch; null to evaluate every trial on the whole validation set. */
  public @Nullable Integer minibatchSize() {
    return minibatchSize;
  }

  /** A copy with another size of minibatches, at least 1; null for none. */
  public SearchBudget minibatchSize(@Nullable Integer examples) {
    SettingCheck.atLeast("minibatchSize", examples, 1);
    SearchBudget copy = new SearchBudget(this);
    copy.minibatchSize = examples;
    return copy;
  }

  /** The trials between two full evaluations; one is always made at the end. */
  public int fullEvaluationSteps() {
    return fullEvaluationSteps;
  }

  /** A copy with another number of trials between two full evaluations, at least 1. */
  public SearchBudget fullEvaluationSteps(int trials) {
    SettingCheck.atLeast("fullEvaluationSteps", trials, 1);
    SearchBudget copy = new SearchBudget(this);
    copy.fullEvaluationSteps = trials;
    return copy;
  }

  /** The number of the best configurations that a full evaluation ranks anew. */
  public int fullEvaluationTop() {
    return fullEvaluationTop;
  }

  /** A copy with another number of configurations to rank anew, at least 1. */
  public SearchBudget fullEvaluationTop(int configurations) {
    SettingCheck.atLeast("fullEvaluationTop", configurations, 1);
    SearchBudget copy = new SearchBudget(this);
    copy.fullEvaluationTop = configurations;
    return copy;
  }

  /**
   * The trials that are asked for together; the result depends on it, not on the number of threads.
   */
  public int trialsInFlight() {
    return trialsInFlight;
  }

  /** A copy with another number of trials that are asked for together, at least 1. */
  public SearchBudget trialsInFlight(int trials) {
    SettingCheck.atLeast("trialsInFlight", trials, 1);
    SearchBudget copy = new SearchBudget(this);
    copy.trialsInFlight = trials;
    return copy;
  }

  /** The search ends when a full evaluation reaches this mean score; null for none. */
  public @Nullable Double targetScore() {
    return targetScore;
  }

  /** A copy with another score to end at; null for none. */
  public SearchBudget targetScore(@Nullable Double score) {
    SettingCheck.finite("targetScore", score);
    SearchBudget copy = new SearchBudget(this);
    copy.targetScore = score;
    return copy;
  }

  /** The search ends after this number of trials without a better configuration; 0 for never. */
  public int patience() {
    return patience;
  }

  /** A copy with another patience, at least 0. */
  public SearchBudget patience(int trials) {
    SettingCheck.atLeast("patience", trials, 0);
    SearchBudget copy = new SearchBudget(this);
    copy.patience = trials;
    return copy;
  }

  /**
   * Whether what is returned will be chosen among configurations that were evaluated on the whole
   * validation set, as constraints, numbers of a set and tolerances need it.
   */
  public boolean wholeValset() {
    return wholeValset;
  }

  /** A copy that does or does not need configurations on the whole validation set. */
  public SearchBudget wholeValset(boolean needed) {
    SearchBudget copy = new SearchBudget(this);
    copy.wholeValset = needed;
    return copy;
  }
}
