package dev.hone.langchain4j.service;

import dev.hone.InvalidInputException;
import dev.hone.lm.LanguageModel;
import dev.hone.program.Program;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An AI service whose methods are answered by programs, some of them tuned. What uses the service
 * does not see a difference.
 *
 * <pre>{@code
 * SupportDesk desk =
 *     TunedService.of(SupportDesk.class, model)
 *         .with(classify, tunedClassify)
 *         .with(reply, tunedReply)
 *         .otherwise(deskOfLangChain4j)
 *         .build();
 * }</pre>
 *
 * <p>The service is thread-safe. Errors: those of the programs. A builder is not thread-safe.
 *
 * @param <S> the service
 */
public final class TunedService<S> {
  private final Class<S> service;
  private final LanguageModel model;
  private final Map<Method, Answering> byMethod = new HashMap<>();
  private @Nullable S otherwise;

  private TunedService(Class<S> service, LanguageModel model) {
    this.service = service;
    this.model = model;
  }

  /** A builder of a service, none of whose methods is tuned yet. */
  public static <S> TunedService<S> of(Class<S> service, LanguageModel model) {
    return new TunedService<>(service, model);
  }

  /** Answers the method of a program by what an optimizer made of it. */
  public TunedService<S> with(
      AiServiceProgram<S, ?> method, Program<ObjectNode, ObjectNode> tuned) {
    byMethod.put(method.javaMethod(), new Answering(method, tuned.on(model)));
    return this;
  }

  /**
   * Leaves all other methods to a service as {@code AiServices} made it. Default: they are answered
   * by programs of their own, as they are written.
   */
  public TunedService<S> otherwise(S original) {
    otherwise = original;
    return this;
  }

  /**
   * Makes the service.
   *
   * @throws InvalidInputException if a method that is neither tuned nor left to another service
   *     cannot be a program
   */
  public S build() {
    Map<Method, Answering> all = new HashMap<>(byMethod);
    if (otherwise == null) {
      for (Method method : service.getMethods()) {
        if (Modifier.isAbstract(method.getModifiers()) && !all.containsKey(method)) {
          all.put(method, plain(method));
        }
      }
    }
    String name = "TunedService[" + service.getSimpleName() + " on " + model.id() + "]";
    return RecordedCall.proxy(service, new Handler(name, Map.copyOf(all), otherwise));
  }

  private Answering plain(Method method) {
    AiServiceProgram<S, Object> program;
    try {
      program = AiServiceProgram.of(service, method);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "%s Maybe leave the other methods to the service as it is, by TunedService.otherwise."
              .formatted(e.getMessage()),
          e);
    }
    return new Answering(program, program.on(model));
  }

  /** How a method is answered. */
  private record Answering(
      AiServiceProgram<?, ?> method, Program<ObjectNode, ObjectNode> program) {}

  /** What is behind the interface. */
  private record Handler(String name, Map<Method, Answering> byMethod, @Nullable Object otherwise)
      implements InvocationHandler {
    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] given)
        throws Throwable {
      @Nullable Object[] arguments = given == null ? new Object[0] : given;
      Answering answering = byMethod.get(method);
      if (answering != null) {
        return answering.method().answer(answering.program(), arguments);
      } else if (method.getDeclaringClass() == Object.class) {
        return ofObject(proxy, method, arguments);
      } else if (method.isDefault()) {
        return asDefault(proxy, method, arguments);
      }
      return passed(method, arguments);
    }

    private Object ofObject(Object proxy, Method method, @Nullable Object[] arguments) {
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        default -> name;
      };
    }

    /** Of an interface that is not public only by a lookup of its own. */
    private static @Nullable Object asDefault(
        Object proxy, Method method, @Nullable Object[] arguments) throws Throwable {
      Class<?> owner = method.getDeclaringClass();
      if (Modifier.isPublic(owner.getModifiers())) {
        return InvocationHandler.invokeDefault(proxy, method, arguments);
      }
      return MethodHandles.privateLookupIn(owner, MethodHandles.lookup())
          .unreflectSpecial(method, owner)
          .bindTo(proxy)
          .invokeWithArguments(arguments);
    }

    private @Nullable Object passed(Method method, @Nullable Object[] arguments) throws Throwable {
      try {
        method.trySetAccessible(); // the interface need not be public
        return method.invoke(otherwise, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause() == null ? e : e.getCause();
      }
    }
  }
}
