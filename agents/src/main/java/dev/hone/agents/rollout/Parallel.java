package dev.hone.agents.rollout;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs one or more programs on many inputs in parallel, as a step of a larger program: results in
 * order, failures as data. Immutable and thread-safe, as the programs are.
 *
 * <p>Each run is made once, under the options of the context. A run that fails, also since the
 * budget is spent, costs itself only; a refused credential, a missing model or an interrupt ends
 * all. The programs' predictors are {@code programs[0]} and so on; optimizers learn from the steps
 * of all runs that returned, in the order of the results, whatever the threads. For the rows of a
 * file, see {@link dev.hone.batch.BatchRun}. Cost: a run for each program and input.
 *
 * @param <I> what the programs take
 * @param <O> what they return
 */
public final class Parallel<I, O> implements Program<List<I>, Parallel.Results<O>> {
  private final List<Program<I, O>> programs;
  private final int maxInFlight;

  private Parallel(List<Program<I, O>> programs, int maxInFlight) {
    this.programs = programs;
    this.maxInFlight = maxInFlight;
  }

  /** One program, to run on several inputs. */
  public static <I, O> Parallel<I, O> of(Program<I, O> program) {
    return of(List.of(program));
  }

  /**
   * Programs, each to run on every input.
   *
   * @throws InvalidInputException if there are none
   */
  public static <I, O> Parallel<I, O> of(List<? extends Program<I, O>> programs) {
    if (programs.isEmpty()) {
      throw InvalidInputException.of("There are no programs to run", "give it one");
    }
    return new Parallel<>(List.copyOf(programs), Integer.MAX_VALUE);
  }

  /** A copy with a limit on the runs under way at once; default: as many as the context allows. */
  public Parallel<I, O> maxInFlight(int value) {
    SettingCheck.atLeast("maxInFlight", value, 1);
    return new Parallel<>(programs, value);
  }

  /**
   * What came of the runs.
   *
   * @param runs input by input, for each one program by program
   * @param programs the number of programs
   * @param <O> what the programs return
   */
  public record Results<O>(List<Rollout<O>> runs, int programs) {
    /** Copies the runs. */
    public Results {
      runs = List.copyOf(runs);
    }

    /** The runs on one input, program by program. */
    public List<Rollout<O>> of(int input) {
      return runs.subList(input * programs, (input + 1) * programs);
    }

    /**
     * All outputs, in order.
     *
     * @throws RuntimeException what the first run that failed threw
     */
    public List<O> outputs() {
      runs.stream()
          .flatMap(run -> run.failure().stream())
          .findFirst()
          .ifPresent(
              failure -> {
                throw failure;
              });
      return succeeded();
    }

    /** The outputs of the runs that did not fail, in order. */
    public List<O> succeeded() {
      return runs.stream().flatMap(run -> run.output().stream()).toList();
    }

    /** The runs that failed, in order. */
    public List<Rollout<O>> failed() {
      return runs.stream().filter(run -> run.failure().isPresent()).toList();
    }
  }

  /**
   * Runs each program on each input.
   *
   * @throws dev.hone.lm.LmException if the credential is refused or the thread interrupted
   */
  @Override
  public Results<O> run(List<I> inputs) {
    return ProgramRunner.runPart(this, () -> results(inputs));
  }

  private Results<O> results(List<I> inputs) {
    List<RolloutMaker<I, O>> makers = new ArrayList<>();
    for (I input : inputs) {
      for (Program<I, O> program : programs) {
        makers.add(new RolloutMaker<>(program, input, RolloutMaker.Judge.none()));
      }
    }
    List<Integer> places = IntStream.range(0, makers.size()).boxed().toList();
    List<Rollout<O>> runs =
        Context.current()
            .workers()
            .map(
                places,
                maxInFlight,
                place -> {
                  Context context = Context.current();
                  return makers.get(place).make(place, context.within(context.span().child()));
                });
    for (Rollout<O> run : runs) {
      makers.get(run.index()).end(List.of(run), run.output().isPresent() ? run : null);
    }
    return new Results<>(runs, programs.size());
  }

  /** One line, such as {@code Parallel[Predict[text -> label]]}. */
  @Override
  public String toString() {
    return "Parallel" + programs;
  }
}
