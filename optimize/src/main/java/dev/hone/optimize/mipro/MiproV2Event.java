package dev.hone.optimize.mipro;

import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.optimize.search.ConfigurationSummary;
import dev.hone.optimize.search.EvaluationRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What happens during the search of MIPROv2; the start and the end of a trial have the same id.
 * Only Hone has such events; constructors are open for tests of listeners. Match them by a {@link
 * Visitor}, so that one more breaks nothing.
 */
public abstract class MiproV2Event implements Event {
  private final EventStamp stamp;

  MiproV2Event(EventStamp stamp) {
    this.stamp = stamp;
  }

  @Override
  public EventStamp stamp() {
    return stamp;
  }

  /** Returns what the visitor returns for this kind of event. */
  public abstract <T> T accept(Visitor<T> visitor);

  /**
   * Takes events by their kind; {@link #otherwise} takes those that it has no method for.
   *
   * @param <T> what is made of an event
   */
  public interface Visitor<T> {
    /** What the run will do is known. */
    default T visit(Planned event) {
      return otherwise(event);
    }

    /** Configurations are about to be evaluated fully, and are ranked by that. */
    default T visit(Reranked event) {
      return otherwise(event);
    }

    /** A trial or a full evaluation began. */
    default T visit(TrialStarted event) {
      return otherwise(event);
    }

    /** A trial or a full evaluation ended. */
    default T visit(TrialFinished event) {
      return otherwise(event);
    }

    /** Any other event. */
    T otherwise(MiproV2Event event);
  }

  /** What the run will do is known. */
  public static final class Planned extends MiproV2Event {
    private final MiproV2Plan plan;

    /** For tests of listeners. */
    public Planned(EventStamp stamp, MiproV2Plan plan) {
      super(stamp);
      this.plan = plan;
    }

    /** The numbers. */
    public MiproV2Plan plan() {
      return plan;
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of("plan: " + plan);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Configurations other than the baseline are about to be evaluated on the whole validation set,
   * after which they are ranked by it: under any search, however they were chosen.
   */
  public static final class Reranked extends MiproV2Event {
    private final List<EvaluationRequest> requests;

    /** For tests of listeners. */
    public Reranked(EventStamp stamp, List<EvaluationRequest> requests) {
      super(stamp);
      this.requests = List.copyOf(requests);
    }

    /** Their full evaluations; at least one. */
    public List<EvaluationRequest> requests() {
      return requests;
    }

    /** The number of the first of these evaluations, counting from 0 over the whole run. */
    public int atTrial() {
      return requests.get(0).trial();
    }

    /** How many are evaluated fully together. */
    public int topK() {
      return requests.size();
    }

    @Override
    public Optional<String> logLine() {
      return Optional.of(
          "at trial %d: %d of the best are evaluated fully".formatted(atTrial() + 1, topK()));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /** A trial or a full evaluation began. */
  public static final class TrialStarted extends MiproV2Event {
    private final EvaluationRequest request;
    private final int topK;

    /** For tests of listeners. */
    public TrialStarted(EventStamp stamp, EvaluationRequest request, int topK) {
      super(stamp);
      this.request = request;
      this.topK = topK;
    }

    /** What is evaluated, on which examples, and how it was chosen. */
    public EvaluationRequest request() {
      return request;
    }

    /** Its number, counting from 0 over the whole run. */
    public int atTrial() {
      return request.trial();
    }

    /** Of a full evaluation but the baseline's: how many are made together; else 0. */
    public int topK() {
      return topK;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A trial or a full evaluation ended. Those of a batch are notified together, in order, when the
   * search has taken their scores; the stamp has the time at which the evaluation ended.
   */
  public static final class TrialFinished extends MiproV2Event {
    private final TrialRecord trial;
    private final int topK;
    private final Optional<ConfigurationSummary> best;

    /** For tests of listeners. */
    public TrialFinished(
        EventStamp stamp, TrialRecord trial, int topK, Optional<ConfigurationSummary> best) {
      super(stamp);
      this.trial = trial;
      this.topK = topK;
      this.best = best;
    }

    /** What it gave. */
    public TrialRecord trial() {
      return trial;
    }

    /** Its number, counting from 0 over the whole run. */
    public int atTrial() {
      return trial.request().trial();
    }

    /** Of a full evaluation but the baseline's: how many were made together; else 0. */
    public int topK() {
      return topK;
    }

    /** The best configuration now, by the search; empty before the first. */
    public Optional<ConfigurationSummary> best() {
      return best;
    }

    /** The two scores, and on how many examples each is where these are not as many. */
    @Override
    public Optional<String> headline() {
      String mean =
          trial.scoreMean().isPresent() ? score(trial.scoreMean().getAsDouble()) : "no score";
      int examples = trial.request().examples().size();
      boolean asMany = best.filter(b -> b.examples() != examples).isEmpty();
      return Optional.of(
          "trial %d: %s%s%s"
              .formatted(
                  atTrial() + 1,
                  mean,
                  asMany ? "" : " on " + examples,
                  best.map(b -> ", best " + score(b.scoreMean())).orElse("")
                      + (asMany ? "" : " on " + best.orElseThrow().examples())));
    }

    private static String score(double mean) {
      return String.format(Locale.ROOT, "%.3f", mean);
    }

    /** The headline, what was evaluated by names, how it was chosen, on how much, at what cost. */
    @Override
    public Optional<String> logLine() {
      EvaluationRequest request = trial.request();
      return headline()
          .map(
              text ->
                  "%s; %s, %s, on %d examples, %s"
                      .formatted(
                          text,
                          ReportText.named(trial.choices()),
                          request.choice().name().toLowerCase(Locale.ROOT),
                          request.examples().size(),
                          trial.spend()));
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visit(this);
    }
  }
}
