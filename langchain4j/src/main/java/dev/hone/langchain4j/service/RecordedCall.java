package dev.hone.langchain4j.service;

import dev.hone.InvalidInputException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one call that some code makes of an interface, which is not carried out: so a method
 * reference names its method.
 *
 * @param method what was called
 * @param arguments with what
 */
record RecordedCall(Method method, @Nullable Object[] arguments) {
  /**
   * Lets code call a stand-in.
   *
   * @throws InvalidInputException if the type is no interface, or there is not exactly one call
   */
  static <S> RecordedCall of(Class<S> type, Consumer<S> code) {
    Recorder recorder = new Recorder();
    S standIn = proxy(type, recorder);
    try {
      code.accept(standIn);
    } catch (NullPointerException e) {
      // A stand-in returns null, and is given null, where a method may have primitive types.
      if (recorder.call == null) {
        throw new InvalidInputException(
            "The method takes a primitive type, so that its reference cannot be tried. Maybe use"
                + " AiServiceProgram.of(type, \"method\"), or, for one of several of that name, "
                + AiServiceProgram.byMethod(type.getSimpleName(), "method")
                + ".",
            e);
      }
    }
    if (recorder.call == null || recorder.calls > 1) {
      throw InvalidInputException.of(
          "The code made %d calls of %s, expected one"
              .formatted(recorder.calls, type.getSimpleName()),
          "pass a method reference, such as " + type.getSimpleName() + "::classify");
    }
    return recorder.call;
  }

  /** An implementation of an interface. */
  static <S> S proxy(Class<S> type, InvocationHandler handler) {
    if (!type.isInterface()) {
      throw InvalidInputException.of(
          type.getName() + " is no interface, and AI services are",
          "pass the interface that is given to AiServices");
    }
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final class Recorder implements InvocationHandler {
    private @Nullable RecordedCall call;
    private int calls;

    @Override
    public @Nullable Object invoke(
        Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
      calls++;
      call = new RecordedCall(method, arguments == null ? new Object[0] : arguments);
      return null;
    }
  }
}
