package dev.hone.optimize.ensemble;

import dev.hone.HoneException;
import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.observe.Event;
import dev.hone.observe.EventStamp;
import dev.hone.program.Program;
import dev.hone.random.RandomSource;
import dev.hone.signature.Codec;
import dev.hone.stats.Votes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Several programs for one task as one program: runs them concurrently on the same input, and
 * reduces their outputs to one. A member that fails is left out. Immutable and thread-safe.
 *
 * <p>The predictors of its members are its own ({@code members[0].answer}), unless a member is
 * compiled. Determinism: which members are asked depends on the seed and the input only; the
 * reducer is given the outputs in the order of the members. Cost: that of {@code size} members.
 * Source: DSPy's Ensemble. Differs from the reference: members run concurrently; a sample of them
 * is the same for the same input; failed members are left out rather than ending the run; the
 * winner of {@link #majority} is the output that most members gave, as a whole, not the text of its
 * last field.
 *
 * @param <I> what it takes
 * @param <O> what it returns
 */
public final class Ensemble<I, O> implements Program<I, O> {
  private final List<Program<I, O>> members;
  private final Function<List<O>, O> reducer;
  private final int size;
  private final long seed;

  private Ensemble(List<Program<I, O>> members, Function<List<O>, O> reducer, int size, long seed) {
    this.members = members;
    this.reducer = reducer;
    this.size = size;
    this.seed = seed;
  }

  /**
   * An ensemble that asks all members.
   *
   * @param members the programs, at least one
   * @param reducer makes one output of those that members gave, at least one, in the members' order
   * @throws InvalidInputException if there are no members
   */
  public static <I, O> Ensemble<I, O> of(
      List<? extends Program<I, O>> members, Function<List<O>, O> reducer) {
    if (members.isEmpty()) {
      throw InvalidInputException.of("The ensemble has no members", "give it a program");
    }
    return new Ensemble<>(List.copyOf(members), reducer, members.size(), 0);
  }

  /**
   * A copy that asks another number of members per input; default: all.
   *
   * @throws InvalidInputException if there are not as many
   */
  public Ensemble<I, O> size(int value) {
    if (value < 1 || value > members.size()) {
      throw InvalidInputException.of(
          "size (%d) is not between 1 and the %d members".formatted(value, members.size()),
          "leave it out to ask all");
    }
    return new Ensemble<>(members, reducer, value, seed);
  }

  /** A copy that chooses them by another seed; default: 0. */
  public Ensemble<I, O> seed(long value) {
    return new Ensemble<>(members, reducer, size, value);
  }

  /** The programs, in order. */
  public List<Program<I, O>> members() {
    return members;
  }

  /** The number of members, and how many of them are asked. */
  @Override
  public String toString() {
    return "Ensemble[%d of %d members]".formatted(size, members.size());
  }

  /** The output that most members gave, by equality; of equally frequent ones the first. */
  public static <O> Function<List<O>, O> majority() {
    return outputs -> Votes.winner(outputs).orElseThrow();
  }

  /**
   * The record of which each component has the value that most members gave it; of equally frequent
   * values the first. Components are voted on by themselves, so it may be a record that no member
   * gave.
   */
  public static <O extends Record> Function<List<O>, O> majorityByField(Class<O> type) {
    return FieldVotes.reducer(Codec.ofRecord(type));
  }

  /**
   * What the members said.
   *
   * @param output what was made of it
   * @param votes what each member that was asked said, in order
   * @param <O> the type of the output
   */
  public record Answer<O>(O output, List<Vote<O>> votes) {
    /** Copies the votes. */
    public Answer {
      votes = List.copyOf(votes);
    }
  }

  /**
   * What one member said.
   *
   * @param member its index
   * @param output its output; empty if it failed
   * @param failure why it failed; empty if it did not
   * @param <O> the type of the output
   */
  public record Vote<O>(int member, Optional<O> output, Optional<RuntimeException> failure) {}

  /** A member failed and was left out. Only Hone has such events. */
  public static final class MemberFailed implements Event {
    private final EventStamp stamp;
    private final int member;
    private final RuntimeException error;

    MemberFailed(EventStamp stamp, int member, RuntimeException error) {
      this.stamp = stamp;
      this.member = member;
      this.error = error;
    }

    @Override
    public EventStamp stamp() {
      return stamp;
    }

    /** Its index. */
    public int member() {
      return member;
    }

    /** Why. */
    public RuntimeException error() {
      return error;
    }
  }

  /**
   * All members that were asked failed. Its cause is the first failure; the others are suppressed.
   */
  public static final class AllFailedException extends HoneException {
    private static final long serialVersionUID = 1L;

    AllFailedException(List<RuntimeException> failures) {
      super(
          "All %d members of the ensemble failed, the first with: %s"
              .formatted(failures.size(), failures.get(0).getMessage()),
          failures.get(0));
      failures.stream().skip(1).forEach(this::addSuppressed);
    }
  }

  /** Asks the members and returns the reduced output; errors as {@link #ask}. */
  @Override
  public O run(I input) {
    return ask(input).output();
  }

  /**
   * Asks the members and returns the reduced output with the votes.
   *
   * @throws AllFailedException if all failed
   * @throws LmException if all failed since there was no reply (the first of them), the budget is
   *     spent, or the thread was interrupted
   */
  public Answer<O> ask(I input) {
    List<Vote<O>> votes =
        Context.current().workers().map(chosen(input), member -> vote(member, input));
    List<O> outputs = votes.stream().map(Vote::output).flatMap(Optional::stream).toList();
    if (outputs.isEmpty()) {
      throw allFailed(votes.stream().map(Vote::failure).flatMap(Optional::stream).toList());
    }
    return new Answer<>(reducer.apply(outputs), votes);
  }

  private Vote<O> vote(int member, I input) {
    try {
      return new Vote<>(member, Optional.of(members.get(member).run(input)), Optional.empty());
    } catch (LmException.BudgetExhausted | LmException.Interrupted | LmException.JournalFailed e) {
      throw e;
    } catch (RuntimeException e) {
      Context context = Context.current();
      context.emit(new MemberFailed(context.span().stamp(), member, e));
      return new Vote<>(member, Optional.empty(), Optional.of(e));
    }
  }

  /** A model that cannot be reached is not the programs' fault, and must not look like it. */
  private static RuntimeException allFailed(List<RuntimeException> failures) {
    return failures.stream().allMatch(LmException.class::isInstance)
        ? failures.get(0)
        : new AllFailedException(failures);
  }

  /** The indices of the members that are asked, in order. */
  List<Integer> chosen(I input) {
    List<Integer> all = IntStream.range(0, members.size()).boxed().toList();
    if (size == all.size()) {
      return all;
    }
    List<Integer> sample =
        new ArrayList<>(
            RandomSource.sample(all, size, new RandomSource(seed).of("ensemble/" + key(input))));
    sample.sort(null);
    return sample;
  }

  /** Equal inputs have equal keys on every machine, if they are records or JSON. */
  private static String key(Object input) {
    try {
      return Codec.toJson(input).map(Json::canonical).orElseGet(input::toString);
    } catch (InvalidInputException noSignature) {
      return input.toString();
    }
  }
}
