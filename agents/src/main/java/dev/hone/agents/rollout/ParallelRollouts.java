package dev.hone.agents.rollout;

import dev.hone.context.Context;
import dev.hone.context.Spend;
import dev.hone.context.Usage;
import dev.hone.program.ProgramRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes rollouts in parallel, and as few as are needed. Used once.
 *
 * <p>Why the result does not depend on threads: each rollout is a draw of its own that depends on
 * its place only. A rollout at which the choice ends, or the first rollouts by which it is decided,
 * cut off those behind them: these are not begun, or are interrupted. A rollout before the cut is
 * never touched, and where the cut is at last follows from the rollouts before it. So all rollouts
 * before the cut are there, and those behind it do not count, whether they had begun or not.
 */
final class ParallelRollouts<I, O> {
  private final RolloutMaker<I, O> maker;
  private final Drawing drawing;
  private final Choice<O> choice;
  private final List<@Nullable Rollout<O>> made;
  private final @Nullable Thread[] under;
  private final boolean[] interrupted;
  private int cut;
  private int complete;
  private boolean isOutOfBudget;
  private boolean isSettled;
  private @Nullable RuntimeException fatal;
  private int fatalPlace;

  ParallelRollouts(RolloutMaker<I, O> maker, Drawing drawing, Choice<O> choice) {
    this.maker = maker;
    this.drawing = drawing;
    this.choice = choice;
    this.cut = drawing.n();
    this.made = new ArrayList<>(Collections.nCopies(drawing.n(), null));
    this.under = new Thread[drawing.n()];
    this.interrupted = new boolean[drawing.n()];
  }

  /** When rollouts are enough. */
  interface Choice<O> {
    /** Whether no rollout behind this one counts, whatever the others say. */
    default boolean endsAt(Rollout<O> rollout) {
      return false;
    }

    /**
     * Whether the first rollouts decide it, whatever a number of others say. Asked once for each
     * rollout, in order.
     *
     * @param next the rollout behind those that were asked about before
     */
    default boolean isDecidedWith(Rollout<O> next, int left) {
      return false;
    }
  }

  /**
   * Makes them under the current context; returns what all of it cost.
   *
   * @throws RuntimeException what ends all, where a rollout that counts met it
   */
  Spend tracked() {
    return Usage.<Boolean, RuntimeException>track(this::make).spend();
  }

  private boolean make() {
    List<Integer> places = IntStream.range(0, drawing.n()).boxed().toList();
    Context.current().workers().mapApart(places, drawing.maxInFlight(), this::rollout);
    if (fatal != null && fatalPlace < cut) {
      throw fatal;
    }
    return true;
  }

  /** Those that count, in order. */
  synchronized List<Rollout<O>> rollouts() {
    return made.subList(0, cut).stream().<Rollout<O>>mapMulti((a, to) -> accept(a, to)).toList();
  }

  private static <T> void accept(@Nullable T rollout, Consumer<T> to) {
    if (rollout != null) {
      to.accept(rollout);
    }
  }

  /** Why there are no more. */
  synchronized Rollouts.End end() {
    if (isSettled && rollouts().size() == cut) {
      return Rollouts.End.SETTLED;
    }
    return isOutOfBudget ? Rollouts.End.BUDGET_SPENT : Rollouts.End.ALL_MADE;
  }

  private boolean rollout(int place) {
    boolean begins = begin(place);
    if (begins) {
      try {
        Context own = ProgramRun.drawn(Context.current(), place, drawing.temperature());
        done(place, maker.make(place, own.within(own.span().child())));
      } catch (RuntimeException e) {
        failed(place, e);
      } finally {
        leave(place);
      }
    }
    return begins;
  }

  private synchronized boolean begin(int place) {
    boolean begins = place < cut && !isOutOfBudget;
    if (begins) {
      under[place] = Thread.currentThread();
    }
    return begins;
  }

  private synchronized void done(int place, Rollout<O> rollout) {
    if (place < cut) {
      made.set(place, rollout);
      isOutOfBudget |= RolloutMaker.isOutOfBudget(rollout);
      if (choice.endsAt(rollout)) {
        cutBehind(place);
        isSettled = true;
      }
      decide();
    }
  }

  /** Looks at each number of first rollouts once, as soon as they are all there. */
  private void decide() {
    Rollout<O> next = complete < cut ? made.get(complete) : null;
    while (next != null) {
      complete++;
      if (choice.isDecidedWith(next, drawing.n() - complete)) {
        cutBehind(complete - 1);
        isSettled = true;
      }
      next = complete < cut ? made.get(complete) : null;
    }
  }

  /** What ends all ends it here, unless a rollout before settles it. */
  private synchronized void failed(int place, RuntimeException error) {
    if (place < cut) {
      fatal = error;
      fatalPlace = place;
      cutBehind(place);
    }
  }

  private void cutBehind(int place) {
    cut = place + 1;
    interruptBehind();
  }

  private void interruptBehind() {
    for (int place = cut; place < under.length; place++) {
      Thread thread = under[place];
      if (thread != null && !interrupted[place]) {
        interrupted[place] = true;
        thread.interrupt();
      }
    }
  }

  /** The interrupt was for this rollout; the thread, one of the context's, has other work. */
  private synchronized void leave(int place) {
    under[place] = null;
    if (interrupted[place]) {
      Thread.interrupted();
    }
  }
}
