package dev.hone.agents.rollout;

import dev.hone.context.Context;
import dev.hone.program.ProgramRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts in parallel, and as few as are needed. Used once.
 *
 * <p>Why the result does not depend on threads: each attempt is a draw of its own that depends on
 * its place only. An attempt at which the choice ends, or the first attempts by which it is
 * decided, cut off those behind them: these are not begun, or are interrupted. An attempt before
 * the cut is never touched, and where the cut is at last follows from the attempts before it. So
 * all attempts before the cut are there, and those behind it do not count, whether they had begun
 * or not.
 */
final class ParallelAttempts<I, O> {
  private final AttemptMaker<I, O> maker;
  private final Drawing drawing;
  private final Choice<O> choice;
  private final List<@Nullable Rollout<O>> made;
  private final @Nullable Thread[] under;
  private final boolean[] interrupted;
  private int cut;
  private int complete;
  private boolean outOfBudget;

  ParallelAttempts(AttemptMaker<I, O> maker, Drawing drawing, Choice<O> choice) {
    this.maker = maker;
    this.drawing = drawing;
    this.choice = choice;
    this.cut = drawing.n();
    this.made = new ArrayList<>(java.util.Collections.nCopies(drawing.n(), null));
    this.under = new Thread[drawing.n()];
    this.interrupted = new boolean[drawing.n()];
  }

  /** When attempts are enough. */
  interface Choice<O> {
    /** Whether no attempt behind this one counts, whatever the others say. */
    default boolean endsAt(Rollout<O> attempt) {
      return false;
    }

    /** Whether the first attempts decide it, whatever a number of others say. */
    default boolean isDecided(List<Rollout<O>> first, int left) {
      return false;
    }
  }

  /** Makes them under the current context; returns those that count, in order. */
  List<Rollout<O>> make() {
    List<Integer> places = IntStream.range(0, drawing.n()).boxed().toList();
    Context.current().workers().mapApart(places, drawing.atOnce(), this::attempt);
    return attempts();
  }

  private synchronized List<Rollout<O>> attempts() {
    List<Rollout<O>> attempts = new ArrayList<>();
    for (Rollout<O> attempt : made.subList(0, cut)) {
      if (attempt != null) {
        attempts.add(attempt);
      }
    }
    return attempts;
  }

  /** Why there are no more. */
  synchronized Rollouts.End end() {
    if (cut < drawing.n() || complete == cut && settledAtLast()) {
      return complete >= cut && made.subList(0, cut).stream().noneMatch(a -> a == null)
          ? Rollouts.End.SETTLED
          : Rollouts.End.BUDGET_SPENT;
    }
    return outOfBudget ? Rollouts.End.BUDGET_SPENT : Rollouts.End.ALL_MADE;
  }

  private boolean settledAtLast() {
    Rollout<O> last = made.get(cut - 1);
    return last != null && choice.endsAt(last);
  }

  private boolean attempt(int place) {
    if (!begin(place)) {
      return false;
    }
    try {
      Context own = ProgramRun.drawn(Context.current(), place, drawing.temperature());
      Rollout<O> rollout = maker.make(place, own.within(own.span().child()));
      done(place, rollout);
    } catch (RuntimeException e) {
      if (!isCutOff(place)) {
        throw e;
      }
    } finally {
      leave(place);
    }
    return true;
  }

  private synchronized boolean begin(int place) {
    boolean begins = place < cut && !outOfBudget;
    if (begins) {
      under[place] = Thread.currentThread();
    }
    return begins;
  }

  private synchronized boolean isCutOff(int place) {
    return place >= cut;
  }

  private synchronized void done(int place, Rollout<O> rollout) {
    if (place >= cut) {
      return;
    }
    made.set(place, rollout);
    outOfBudget |= AttemptMaker.isOutOfBudget(rollout);
    if (choice.endsAt(rollout)) {
      cut = place + 1;
    }
    List<Rollout<O>> first = new ArrayList<>();
    for (Rollout<O> next : made.subList(0, cut)) {
      if (next == null || cut <= first.size()) {
        break;
      }
      first.add(next);
      if (first.size() > complete && choice.isDecided(first, drawing.n() - first.size())) {
        cut = first.size();
      }
    }
    complete = first.size();
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

  /** The interrupt was for this attempt; the thread, one of the context's, has other work. */
  private synchronized void leave(int place) {
    under[place] = null;
    if (interrupted[place]) {
      Thread.interrupted();
    }
  }
}
