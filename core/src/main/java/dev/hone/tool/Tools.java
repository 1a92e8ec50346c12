package dev.hone.tool;

import dev.hone.InvalidInputException;
import dev.hone.signature.Argument;
import dev.hone.signature.Codec;
import dev.hone.tool.Tool.Function;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tools of methods that are annotated with {@link ToolMethod}, of any visibility, static or not.
 *
 * <pre>{@code
 * class Orders {
 *   @ToolMethod("finds the orders of a customer")
 *   List<Order> orders(@Desc("the customer's number") String customer, Optional<Integer> limit) {
 *     ...
 *   }
 * }
 *
 * List<Tool> tools = Tools.of(new Orders());
 * }</pre>
 */
public final class Tools {
  private Tools() {}

  /**
   * The tools of an object's class and those above it, sorted by name. A method that overrides an
   * annotated one is a tool, too.
   *
   * @param owner an object; or a class, for its static methods only
   * @throws InvalidInputException if it has no such method; two have one name, as overloads do; or
   *     one has parameters that a call cannot carry, see {@link Codec#ofParameters}, or a result
   *     that no model can read
   */
  public static List<Tool> of(Object owner) {
    Class<?> type = owner instanceof Class<?> given ? given : owner.getClass();
    Object target = owner instanceof Class<?> ? null : owner;
    Map<String, Method> methods = new TreeMap<>();
    Map<String, Tool> tools = new TreeMap<>();
    for (Method method : methods(type)) {
      Method declared = declared(method, type);
      if (declared == null) {
        continue;
      }
      ToolMethod note = declared.getAnnotation(ToolMethod.class);
      String name = note.name().isEmpty() ? method.getName() : note.name();
      Method other = methods.put(name, method);
      if (other != null) {
        throw InvalidInputException.of(
            "Two methods of %s are tools of the name \"%s\": %s and %s"
                .formatted(type.getName(), name, signature(other), signature(method)),
            "give one of them another by @ToolMethod(name = \"...\")");
      }
      Function<Object[]> call = caller(method, target);
      tools.put(name, FunctionTool.of(name, note.value(), arguments(declared), call));
    }
    if (tools.isEmpty()) {
      throw InvalidInputException.of(
          "%s has no method with @ToolMethod".formatted(type.getName()), "annotate one");
    }
    return List.copyOf(tools.values());
  }

  /** The methods of a class and those above it, without those that are overridden. */
  private static List<Method> methods(Class<?> type) {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      Arrays.stream(c.getDeclaredMethods())
          .filter(method -> !method.isBridge() && !method.isSynthetic())
          .sorted(Comparator.comparing(Tools::signature))
          .forEach(method -> methods.putIfAbsent(signature(method), method));
    }
    for (Method method : type.getMethods()) {
      if (method.isDefault()) {
        methods.putIfAbsent(signature(method), method);
      }
    }
    return new ArrayList<>(methods.values());
  }

  private static String signature(Method method) {
    return method.getName() + Arrays.toString(method.getParameterTypes());
  }

  /** The method itself, or the one that it overrides, which has the annotations; null for none. */
  private static @Nullable Method declared(Method method, Class<?> type) {
    if (method.isAnnotationPresent(ToolMethod.class)) {
      return method;
    }
    if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
      return null;
    }
    Deque<Class<?>> above = new ArrayDeque<>(List.of(type));
    while (!above.isEmpty()) {
      Class<?> next = above.remove();
      for (Method other : next.getDeclaredMethods()) {
        if (signature(other).equals(signature(method))
            && other.isAnnotationPresent(ToolMethod.class)) {
          return other;
        }
      }
      above.addAll(List.of(next.getInterfaces()));
      if (next.getSuperclass() != null) {
        above.add(next.getSuperclass());
      }
    }
    return null;
  }

  private static Arguments<Object[]> arguments(Method declared) {
    if (!ResultText.writes(declared.getReturnType())) {
      throw InvalidInputException.of(
          "The method %s.%s returns a %s, which Hone does not write as text"
              .formatted(
                  declared.getDeclaringClass().getSimpleName(),
                  declared.getName(),
                  declared.getReturnType().getSimpleName()),
          "return its value, as a text, a record, or a List or Map of those");
    }
    List<@Nullable Argument> notes =
        Arrays.stream(declared.getParameters()).map(p -> p.getAnnotation(Argument.class)).toList();
    return Arguments.of(Codec.ofParameters(declared), notes);
  }

  private static Function<Object[]> caller(Method method, @Nullable Object target) {
    if (target == null && !Modifier.isStatic(method.getModifiers())) {
      throw InvalidInputException.of(
          "The method %s.%s is not static, and no object was given"
              .formatted(method.getDeclaringClass().getName(), method.getName()),
          "pass an object instead of its class");
    }
    open(method);
    return arguments -> invoke(method, target, arguments);
  }

  private static @Nullable Object invoke(Method method, @Nullable Object target, Object[] arguments)
      throws Exception {
    Object result;
    try {
      result = method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
    return method.getReturnType() == void.class ? "done" : result;
  }

  private static void open(Method method) {
    try {
      method.setAccessible(true);
    } catch (RuntimeException e) {
      Class<?> type = method.getDeclaringClass();
      throw new InvalidInputException(
          "Hone cannot call %s.%s of module %s. Maybe add to module-info.java: opens %s;"
              .formatted(type.getName(), method.getName(), type.getModule(), type.getPackageName()),
          e);
    }
  }
}
