package dev.hone.compiled;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.evaluate.repeat.ScoreCheck;
import dev.hone.lm.LmRequest;
import dev.hone.metric.Metric;
import dev.hone.program.ChainOfThought;
import dev.hone.program.FrozenProgram;
import dev.hone.program.Predict;
import dev.hone.program.Predictors;
import dev.hone.program.Program;
import dev.hone.program.ProgramRunner;
import dev.hone.program.ProgramState;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A program with the state it is to run under: what an optimizer returns, and what is saved.
 * Immutable and thread-safe; frozen inside a larger program, which neither optimizes nor saves its
 * predictors; metrics see their steps.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class Compiled<I, O> implements FrozenProgram<I, O> {
  private final ProgramRunner<I, O> runner;
  private final ProgramState state;
  private final Provenance provenance;
  private final PromptFormat promptFormat;

  private Compiled(
      ProgramRunner<I, O> runner,
      ProgramState state,
      Provenance provenance,
      PromptFormat promptFormat) {
    this.runner = runner;
    this.state = state;
    this.provenance = provenance;
    this.promptFormat = promptFormat;
  }

  /**
   * Binds a program to the state it was made with, so that one that no optimizer made can be saved.
   *
   * @throws InvalidInputException if it is compiled already
   */
  public static <I, O> Compiled<I, O> of(Program<I, O> program) {
    if (program instanceof FrozenProgram<?, ?>) {
      throw InvalidInputException.of(
          "The program is compiled already: " + program,
          "save it as it is, or go on from it with asStudent()");
    }
    return of(program, Predictors.of(program).initialState(), Provenance.none());
  }

  /**
   * Binds a program to a state, which was tuned with the prompt format of the current context.
   *
   * @param provenance where the state comes from
   * @throws InvalidInputException if the state is not of exactly the program's predictors
   */
  public static <I, O> Compiled<I, O> of(
      Program<I, O> program, ProgramState state, Provenance provenance) {
    return of(new ProgramRunner<>(program), state, provenance, PromptFormat.current());
  }

  static <I, O> Compiled<I, O> of(
      ProgramRunner<I, O> runner,
      ProgramState state,
      Provenance provenance,
      PromptFormat promptFormat) {
    Set<String> expected = runner.predictors().byName().keySet();
    if (!state.byPredictor().keySet().equals(expected)) {
      throw InvalidInputException.of(
          "The state is of the predictors %s, the program has %s"
              .formatted(state.byPredictor().keySet(), expected),
          "start from Predictors.of(program).initialState()");
    }
    return new Compiled<>(runner, state, provenance, promptFormat);
  }

  /**
   * Reads a program that was saved, by this version of Hone or an earlier one. A file that was
   * tuned with another prompt format than that of the current context is loaded; {@link #notes} and
   * a line of the log say so; and so they do where predictors have other tools than when it was
   * saved, naming those that were added, removed and changed. What was learnt to say of a tool that
   * is not there is left out.
   *
   * @param program the program that was compiled: same predictors, same signatures
   * @throws ArtifactException if the file cannot be read, is damaged, or belongs to another program
   */
  public static <I, O> Compiled<I, O> load(Program<I, O> program, Path file) {
    return new ArtifactReader(file.toString()).read(program, ArtifactFile.read(file));
  }

  /** Reads a program from what {@link #toJson} gave; errors as {@link #load}. */
  public static <I, O> Compiled<I, O> fromJson(Program<I, O> program, ObjectNode json) {
    return new ArtifactReader("the artifact").read(program, json);
  }

  /**
   * Reads a saved program of one predictor, a {@code ChainOfThought} included, without its class:
   * the signature, with descriptions and limits, is the one in the file. Everything else is as in
   * {@link #load}; no code is ever read.
   *
   * @throws ArtifactException as {@link #load}; if the file has several predictors, since the code
   *     that calls them is not in it; or if it has format 1
   */
  public static DynamicProgram loadDynamic(Path file) {
    return DynamicProgram.read(file, null);
  }

  /**
   * Reads one predictor of a saved program, without its class, as a program of its own.
   *
   * @param predictor its name in the file
   * @throws ArtifactException as {@link #load}; if there is no such predictor, or the file has
   *     format 1
   */
  public static DynamicProgram loadDynamic(Path file, String predictor) {
    return DynamicProgram.read(file, predictor);
  }

  @Override
  public O run(I input) {
    return ProgramRunner.runPart(this, () -> runner.run(state, input));
  }

  /**
   * Saves the program's state, signatures and provenance as JSON, never a credential. Programs with
   * equal content give equal bytes except for {@code provenance.createdAt} and {@code
   * provenance.environment}. The file is written as a whole or not at all, and replaced if it is
   * there: if it cannot be written, what was there before is kept. Folders that are missing are
   * made, since what is to be saved may have been costly to find.
   *
   * @throws ArtifactException if it cannot be written
   */
  public void save(Path file) {
    save(file, Clock.systemUTC());
  }

  /**
   * Checks, before there is a program to lose, that {@link #save} can write a file. Leaves nothing
   * behind.
   *
   * @return the file that would be written: where links lead, as an absolute path
   * @throws ArtifactException if the path is blank, a folder, a device or write-protected, links
   *     lead in a circle, or the folder takes no new files
   */
  public static Path requireWritable(Path file) {
    return ArtifactFile.requireWritable(file);
  }

  void save(Path file, Clock clock) {
    ArtifactFile.write(file, new ArtifactWriter(clock).toText(this));
  }

  /** What {@link #save} writes. */
  public ObjectNode toJson() {
    return new ArtifactWriter(Clock.systemUTC()).toJson(this);
  }

  /**
   * The exact request that {@link #run} would send first, under the current context, where the
   * program is a {@link Predict} or a {@link ChainOfThought}. Nothing is called.
   *
   * @throws InvalidInputException if it is another program
   */
  public LmRequest render(I input) {
    return runner.render(state, input);
  }

  /**
   * The exact request that one of the program's predictors would send first for these inputs, under
   * the current context. Nothing is called.
   *
   * @param predictor the predictor's name
   * @param inputs its input fields' values
   * @throws InvalidInputException if there is no predictor of that name
   */
  public LmRequest render(String predictor, ObjectNode inputs) {
    return runner.render(state, predictor, inputs);
  }

  /** The program without its state. */
  public Program<I, O> program() {
    return runner.program();
  }

  /** The program's predictors. */
  public Predictors predictors() {
    return runner.predictors();
  }

  /** What was learnt. */
  public ProgramState state() {
    return state;
  }

  /**
   * The program as one that goes on being optimized, starting from what was learnt: its predictors
   * have the same names, and begin with the states of this one. On its own it runs as this one
   * does. What an optimizer makes of it is saved for, and loaded into, the original program.
   */
  public Program<I, O> asStudent() {
    return runner.startingFrom(state);
  }

  /**
   * The prompt format that it was tuned with, such as {@code chat/2}; empty where that is not
   * known, for a file of format 1.
   */
  public Optional<String> promptFormat() {
    return Optional.ofNullable(promptFormat.id());
  }

  /** What a user should know about a program that was loaded; empty for nothing. */
  public List<String> notes() {
    return promptFormat.notes();
  }

  /** Where the state comes from. */
  public Provenance provenance() {
    return provenance;
  }

  /**
   * A copy that records its score on examples that it was not chosen by, as the one that {@link
   * #verify} holds others beside; in the place of an earlier one.
   *
   * @param examples the examples, whose fingerprint is kept as that of the {@code testset}
   * @param evaluation this program's, on these examples
   */
  public Compiled<I, O> tested(Dataset<I, O> examples, Evaluation<I, O> evaluation) {
    return new Compiled<>(runner, state, provenance.tested(examples, evaluation), promptFormat);
  }

  /**
   * Whether a score on examples that it was not chosen by is recorded; see {@link #tested}. Without
   * one {@link #verify} has only the score that it was chosen by, which is the best of many and a
   * little too high.
   */
  public boolean isTested() {
    return provenance.isTested();
  }

  /**
   * Measures it again, in the current context, and holds the score beside the one that was recorded
   * when it was made: of its test, see {@link #tested}; else of what was found, on the examples
   * that it was chosen by. Says whether it still holds with this model and on these examples, and
   * in a note where they are other ones than those of the recorded score.
   *
   * <p>Cost: the program's model calls per example. Errors as in {@link Evaluator#evaluate}.
   *
   * @throws InvalidInputException if no score was recorded
   */
  public ScoreCheck verify(Dataset<I, O> examples, Metric<I, O> metric) {
    provenance.lastScore(); // without one nothing is spent
    Evaluation<I, O> now = Evaluator.of(examples, metric).evaluate(this);
    return provenance.check(Context.current().lm().id(), examples, now);
  }

  /** One line, such as {@code Compiled[Hop, 2 predictors, 4 demos, by MiproV2]}. */
  @Override
  public String toString() {
    int demos = state.byPredictor().values().stream().mapToInt(s -> s.demos().size()).sum();
    return "Compiled[%s, %s, %s, by %s]"
        .formatted(
            runner.name(),
            Plural.of(state.byPredictor().size(), "predictor"),
            Plural.of(demos, "demo"),
            provenance.optimizer());
  }
}
