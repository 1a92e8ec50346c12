package dev.hone.program;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.context.Context;
import dev.hone.lm.LmException;
import dev.hone.program.ProgramRunner.Execution;
import dev.hone.text.Excerpt;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program whose outputs are checked, made by {@link Program#check(Predicate, String)}. An output
 * that does not pass is made again: every predictor of the program is told what was wrong with it,
 * see {@link CallGuidance#adviseAlso(Context, String)}. All checks look at every output, and what
 * all of them say goes into the next try. Immutable; thread-safe, as the program and the checks
 * are.
 *
 * <p>Checks are hard unless {@link #soft()}: after the last try, an output that fails a hard one is
 * refused; otherwise the last output that passed all hard ones is returned, even if a later try
 * failed altogether or the budget was spent on the way.
 *
 * <p>How often each check failed, and whether another try passed it, is in {@link
 * dev.hone.metric.RunTrace#checks}, in {@link dev.hone.evaluate.ExampleResult#checks}, in the notes
 * of an evaluation and, as it happens, in {@link ProgramEvent.CheckFailed}. Metrics see the steps
 * of all tries, optimizers learn from those of the one that is returned, and make no demo of a run
 * that returned what fails a check. The predictors keep the names that they have in the program.
 *
 * <p>Cost: that of the program, at most {@code retries + 1} times. Each further try is a draw of
 * its own, at the same temperature; see {@link ProgramRun#drawn}. A check may call a model; such
 * calls are no steps of the run.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class Checked<I, O> implements Program<I, O> {
  private static final int RETRIES = 2;
  private static final int SHOWN_CHARS = 1_000;

  private final Program<I, O> program;
  private final List<Check<I, O>> checks;
  private final int retries;

  private Checked(Program<I, O> program, List<Check<I, O>> checks, int retries) {
    this.program = program;
    this.checks = List.copyOf(checks);
    this.retries = retries;
  }

  static <I, O> Checked<I, O> of(Program<I, O> program) {
    return new Checked<>(program, List.of(), RETRIES);
  }

  private record Check<I, O>(
      String name, BiFunction<? super I, ? super O, Optional<String>> problem, boolean hard) {
    Check<I, O> soft() {
      return new Check<>(name, problem, false);
    }
  }

  private record Failed<I, O>(Check<I, O> check, String message) {}

  /** The outputs of a program did not pass a hard check, or a check itself failed. */
  public static final class CheckFailedException extends HoneException {
    private static final long serialVersionUID = 1L;

    private final transient Object output;
    private final int tries;

    private CheckFailedException(
        String message, Object output, int tries, @Nullable Throwable cause) {
      super(message, cause);
      this.output = output;
      this.tries = tries;
    }

    /** The last output. */
    public Object output() {
      return output;
    }

    /** How many outputs there were. */
    public int tries() {
      return tries;
    }
  }

  /** The program without the checks. */
  public Program<I, O> program() {
    return program;
  }

  @Override
  public Checked<I, O> check(Predicate<? super O> test, String message) {
    return check((input, output) -> test.test(output), message);
  }

  @Override
  public Checked<I, O> check(BiPredicate<? super I, ? super O> test, String message) {
    return checkWith(
        message,
        (input, output) -> test.test(input, output) ? Optional.empty() : Optional.of(message));
  }

  @Override
  public Checked<I, O> checkWith(String name, Function<? super O, Optional<String>> problem) {
    return checkWith(name, (input, output) -> problem.apply(output));
  }

  @Override
  public Checked<I, O> checkWith(
      String name, BiFunction<? super I, ? super O, Optional<String>> problem) {
    if (name.isBlank() || checks.stream().anyMatch(check -> check.name().equals(name))) {
      throw InvalidInputException.of(
          "The message of a check, \"%s\", is blank or that of another one".formatted(name),
          "say what is wrong with an output that fails this one");
    }
    var all = Stream.concat(checks.stream(), Stream.of(new Check<I, O>(name, problem, true)));
    return new Checked<>(program, all.toList(), retries);
  }

  /**
   * A copy whose checks up to here are soft: what fails one of them after the last try is returned
   * all the same. Checks that are added later are hard.
   */
  public Checked<I, O> soft() {
    return new Checked<>(program, checks.stream().map(Check::soft).toList(), retries);
  }

  /**
   * A copy with another number of tries after the first; default: 2.
   *
   * @param value 0 for none: then checks only refuse
   * @throws InvalidInputException if it is negative
   */
  public Checked<I, O> retries(int value) {
    SettingCheck.atLeast("retries", value, 0);
    return new Checked<>(program, checks, value);
  }

  /**
   * Runs the program until its output passes the checks.
   *
   * @throws CheckFailedException if the last output fails a hard check, or a check throws
   * @throws HoneException what the program throws, unless it gave an acceptable output before
   */
  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> new Tries(input).run());
  }

  @Override
  public String toString() {
    return "Checked[" + program + ", " + Plural.of(checks.size(), "check") + "]";
  }

  /** The tries for one input, one after another. */
  private final class Tries {
    private final I input;
    private final Context context = Context.current();
    private final ProgramRun.Branch<I, O> branch = ProgramRun.branch(program);
    private final List<Execution<O>> runs = new ArrayList<>();
    private final List<List<Failed<I, O>>> failed = new ArrayList<>();
    private int accepted = -1;

    Tries(I input) {
      this.input = input;
    }

    O run() {
      String advice = "";
      for (int i = 0; i <= retries; i++) {
        Execution<O> run = attempt(i, advice);
        runs.add(run);
        if (run.output() == null) {
          return withoutOutput(run.failure());
        }
        List<Failed<I, O>> problems = problems(run.output());
        failed.add(problems);
        if (problems.stream().noneMatch(problem -> problem.check().hard())) {
          accepted = i;
        }
        if (problems.isEmpty()) {
          break;
        }
        advice = advice(run.output(), problems);
      }
      end();
      return accepted >= 0 ? outputOf(accepted) : refuse();
    }

    private Execution<O> attempt(int index, String advice) {
      return index == 0
          ? branch.run(input)
          : CallGuidance.adviseAlso(ProgramRun.drawn(context, index, null), advice)
              .call(() -> branch.run(input));
    }

    /** An acceptable output that is there already is not lost by a further try. */
    private O withoutOutput(@Nullable RuntimeException failure) {
      boolean ends =
          failure instanceof LmException.Interrupted
              || failure instanceof LmException.Unauthorized
              || failure instanceof LmException.JournalFailed
              || Thread.currentThread().isInterrupted();
      accepted = ends ? -1 : accepted;
      end();
      if (accepted >= 0) {
        return outputOf(accepted);
      }
      throw Objects.requireNonNull(failure);
    }

    private O outputOf(int index) {
      return Objects.requireNonNull(runs.get(index).output());
    }

    private List<Failed<I, O>> problems(O output) {
      List<Failed<I, O>> problems =
          checks.stream().flatMap(check -> problem(check, output).stream()).toList();
      if (context.isObserved()) {
        problems.forEach(p -> context.emit(event(p)));
      }
      return problems;
    }

    private ProgramEvent.CheckFailed event(Failed<I, O> failed) {
      return new ProgramEvent.CheckFailed(
          context.span().stamp(), failed.check().name(), failed.message(), runs.size());
    }

    private Optional<Failed<I, O>> problem(Check<I, O> check, O output) {
      try {
        Optional<String> found = branch.apart(() -> check.problem().apply(input, output));
        return Objects.requireNonNull(found, "null result").map(m -> new Failed<>(check, m));
      } catch (Exception e) {
        end();
        if (e instanceof HoneException own) {
          throw own;
        }
        throw new CheckFailedException(
            "The check \"%s\" threw %s on %s. Maybe it expects another output."
                .formatted(check.name(), e, shown(output)),
            output,
            runs.size(),
            e);
      }
    }

    private String advice(O output, List<Failed<I, O>> problems) {
      return "an answer was refused: %s\nIt was: %s"
          .formatted(messages(problems.stream()), shown(output));
    }

    private String messages(Stream<Failed<I, O>> problems) {
      return problems.map(Failed::message).collect(Collectors.joining("; "));
    }

    private O refuse() {
      int last = failed.size() - 1;
      O output = outputOf(last);
      String problems = messages(failed.get(last).stream().filter(p -> p.check().hard()));
      throw new CheckFailedException(
          "No output passed the checks; tries: %d. The last one, %s, was refused (%s). Maybe say so in the instructions, or make the check soft()."
              .formatted(last + 1, shown(output), problems),
          output,
          last + 1,
          null);
    }

    private String shown(O output) {
      return Excerpt.beginning(String.valueOf(output), SHOWN_CHARS);
    }

    /** Makes what was returned, or the failure, part of the run; tells metrics of the others. */
    private void end() {
      branch.take(runs, accepted >= 0 ? accepted : runs.size() - 1);
      for (Check<I, O> check : checks) {
        int failures = (int) failed.stream().filter(f -> fails(f, check)).count();
        boolean passes = accepted >= 0 && !fails(failed.get(accepted), check);
        branch.note(new ProgramRun.CheckResult(check.name(), failures, passes));
      }
    }

    private boolean fails(List<Failed<I, O>> problems, Check<I, O> check) {
      return problems.stream().anyMatch(problem -> problem.check().name().equals(check.name()));
    }
  }
}
