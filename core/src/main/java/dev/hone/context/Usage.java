package dev.hone.context;

import org.jspecify.annotations.Nullable;

/** Measures what a piece of code spends on language models. */
public final class Usage {
  private Usage() {}

  /**
   * What code returned, and what it spent.
   *
   * @param value what it returned
   * @param spend calls, cached calls and tokens
   * @param <R> the type of the value
   */
  public record Tracked<R extends @Nullable Object>(R value, Spend spend) {}

  /**
   * Runs code under the current context, and adds up the calls that it makes: under that context,
   * under any other one that it binds or calls, and on the threads of Hone and those that a context
   * was carried to. May be nested; the outer one counts what the inner one does. Costs no model
   * call.
   *
   * @param code is run once, on this thread
   * @return what it returned, with what it spent until it returned
   * @throws X what the code throws
   */
  public static <R extends @Nullable Object, X extends Exception> Tracked<R> track(
      ContextCall<R, X> code) throws X {
    SpendMeter meter = new SpendMeter();
    R value = Context.current().followedBy(meter).call(code);
    return new Tracked<>(value, meter.total());
  }
}
