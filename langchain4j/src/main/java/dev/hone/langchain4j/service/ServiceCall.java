package dev.hone.langchain4j.service;

/** References to methods of AI services, by the number of their parameters. */
public final class ServiceCall {
  private ServiceCall() {}

  /** A method of one parameter. */
  @FunctionalInterface
  public interface One<S, A, O> {
    /** Calls it. */
    O call(S service, A first);
  }

  /** A method of two parameters. */
  @FunctionalInterface
  public interface Two<S, A, B, O> {
    /** Calls it. */
    O call(S service, A first, B second);
  }

  /** A method of three parameters. */
  @FunctionalInterface
  public interface Three<S, A, B, C, O> {
    /** Calls it. */
    O call(S service, A first, B second, C third);
  }
}
