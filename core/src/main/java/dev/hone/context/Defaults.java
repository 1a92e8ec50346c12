package dev.hone.context;

import dev.hone.InvalidInputException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/** The context that holds wherever none is bound: without credentials, without metadata. */
final class Defaults {
  private final ReentrantLock changing = new ReentrantLock();
  private volatile Context context;

  Defaults(Context context) {
    this.context = context;
  }

  Context get() {
    return context;
  }

  /** Sets what a function makes of the present defaults; one change at a time. */
  void change(UnaryOperator<ContextBuilder> change) {
    changing.lock();
    try {
      Context changed = change.apply(context.toBuilder()).build();
      requireNothingPersonal(changed);
      context = changed;
    } finally {
      changing.unlock();
    }
  }

  private static void requireNothingPersonal(Context context) {
    if (context.parts().modelHoldsCredentials()) {
      throw InvalidInputException.of(
          "The model " + context.lm().id() + " holds a credential, which process defaults must not",
          "bind it with Context.builder().lm(model).build().call(...)");
    }
    if (context.parts().embedderHoldsCredentials()) {
      throw InvalidInputException.of(
          "The embedder holds a credential, which process defaults must not",
          "bind it with Context.builder().embedder(embedder).build().call(...)");
    }
    if (context.adapter().holdsCredentials()) {
      throw InvalidInputException.of(
          "The adapter "
              + context.adapter().id()
              + " asks a model that holds a credential, which process defaults must not",
          "bind it with Context.builder().adapter(adapter).build().call(...)");
    }
    if (!context.metadata().isEmpty()) {
      throw InvalidInputException.of(
          "Process defaults must not hold metadata, found the keys " + context.metadata().keySet(),
          "bind it with Context.builder().metadata(key, value).build().call(...)");
    }
  }
}
