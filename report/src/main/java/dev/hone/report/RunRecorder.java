package dev.hone.report;

import dev.hone.evaluate.Evaluation;
import dev.hone.lm.LmRequest;
import dev.hone.observe.Event;
import dev.hone.observe.EventListener;
import dev.hone.optimize.Optimized;
import dev.hone.report.data.RunHead;
import dev.hone.report.record.RunState;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gathers what a report shows of a run, while the run goes on: as a listener the stages, trials,
 * calls and failures; by its methods what only the caller knows. A record can be taken at any time.
 * Works for every optimizer; MIPROv2 tells most. Makes no call. Thread-safe; nothing that goes
 * wrong in it reaches the run.
 *
 * <pre>{@code
 * RunRecorder recorder = RunRecorder.named("tickets").with("project", "tickets.hone.yaml");
 * Context context = Context.builder().lm(model).listener(recorder).build();
 * try (LiveReport live = LiveReport.into(folder, recorder)) {
 *   recorder.before("test", context.call(() -> evaluator.evaluate(program)));
 *   var optimized = context.call(() -> optimizer.compile(program, trainset, metric));
 *   recorder.found(optimized);
 *   recorder.after("test", context.call(() -> evaluator.evaluate(optimized)));
 *   recorder.finished();
 * } // now folder/record.json and folder/report.html are complete
 * }</pre>
 */
public final class RunRecorder implements EventListener {
  private final RunState state;
  private final AtomicLong changes = new AtomicLong();

  private RunRecorder(RunState state) {
    this.state = state;
  }

  /** A recorder of a run that begins now. */
  public static RunRecorder named(String name) {
    return at(name, Clock.systemUTC());
  }

  /** A recorder whose times are those of a clock. */
  static RunRecorder at(String name, Clock clock) {
    return new RunRecorder(new RunState(name, clock));
  }

  /**
   * Says something of where the run comes from, such as {@code project}, {@code program} or {@code
   * budget}; it stands in the report's last part. Not for secrets.
   *
   * @return this recorder
   */
  public RunRecorder with(String name, String value) {
    return change(() -> state.fact(name, value));
  }

  /**
   * Keeps of measured examples no texts: neither inputs, labels and answers nor what metric, judge
   * or an error say of them; only their numbers and scores. For test examples, which whoever reads
   * them tunes on. Default: all is kept.
   *
   * @return this recorder
   */
  public RunRecorder withoutTexts() {
    return change(state::hideTexts);
  }

  /** Takes what happens. */
  @Override
  public void onEvent(Event event, Map<String, String> metadata) {
    change(() -> state.take(event));
  }

  /**
   * Takes the evaluation of the program as it was given.
   *
   * @param part what the examples are, such as {@code test} or {@code learn}
   */
  public RunRecorder before(String part, Evaluation<?, ?> evaluation) {
    return change(() -> state.before(part, evaluation));
  }

  /** Takes what the optimizer returned; what is left of the run is measuring it. */
  public RunRecorder found(Optimized<?, ?, ?> optimized) {
    return change(() -> state.found(optimized));
  }

  /**
   * Takes what a predictor sends for an example with what was found, such as {@code
   * compiled.render(predictor, inputs)}, so that the report shows the prompt as it is sent. The
   * example should be one to learn from: who reads test examples tunes on them.
   *
   * @param predictor its name, as in the program's state
   */
  public RunRecorder sent(String predictor, LmRequest request) {
    return change(() -> state.sent(predictor, request));
  }

  /**
   * Takes the evaluation of what was found, on the examples of {@link #before}.
   *
   * @param part what the examples are
   */
  public RunRecorder after(String part, Evaluation<?, ?> evaluation) {
    return change(() -> state.after(part, evaluation));
  }

  /** The run ended as it should. What comes later is recorded, but changes that no more. */
  public RunRecorder finished() {
    return change(() -> state.end(RunHead.FINISHED, ""));
  }

  /** The run ended with an error; its message is kept, without what looks like a credential. */
  public RunRecorder failed(Throwable error) {
    return change(() -> state.failed(error));
  }

  /**
   * The run was ended from outside, and what it found is kept.
   *
   * @param reason a sentence, such as {@code Stopped by Ctrl-C after 14 trials.}
   */
  public RunRecorder stopped(String reason) {
    return change(() -> state.end(RunHead.STOPPED, reason));
  }

  /** What is known now. */
  public RunRecord record() {
    synchronized (state) {
      return RunRecord.of(state.data());
    }
  }

  /** A number that grows with whatever is recorded. */
  long changes() {
    return changes.get();
  }

  private RunRecorder change(Runnable work) {
    synchronized (state) {
      work.run();
    }
    changes.incrementAndGet();
    return this;
  }
}
