package dev.hone.signature;

import dev.hone.InvalidInputException;
import dev.hone.coerce.Coercion;
import dev.hone.coerce.TypeMismatchException;
import dev.hone.json.Json;
import dev.hone.type.Field;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts records of one class; its components are the fields. */
final class RecordCodec<T> implements Codec<T> {
  private static final ClassValue<RecordCodec<?>> CODECS =
      new ClassValue<>() {
        @Override
        protected RecordCodec<?> computeValue(Class<?> type) {
          return build(type, List.of());
        }
      };

  private final Class<T> type;
  private final Constructor<T> constructor;
  private final List<Component> components;
  private final List<Field> fields;

  /** One component: its field, the accessor that reads it, and how its values are carried. */
  private record Component(Field field, Method accessor, TypeBinding binding) {}

  private RecordCodec(Class<T> type, Constructor<T> constructor, List<Component> components) {
    this.type = type;
    this.constructor = constructor;
    this.components = List.copyOf(components);
    this.fields = components.stream().map(Component::field).toList();
  }

  @SuppressWarnings("unchecked")
  static <T> RecordCodec<T> of(Class<T> type) {
    if (type == null) {
      throw InvalidInputException.of(
          "A class of a signature is null, expected a record", "pass one, such as Ticket.class");
    }
    return (RecordCodec<T>) CODECS.get(type);
  }

  /** Reads a record class that is nested inside the classes of {@code enclosing}. */
  static <T> RecordCodec<T> build(Class<T> type, List<Class<?>> enclosing) {
    if (!type.isRecord()) {
      throw InvalidInputException.of(
          type.getName() + " is not a record, and each side of a signature is one", asRecord(type));
    }
    if (enclosing.contains(type)) {
      throw InvalidInputException.of(
          type.getName() + " contains itself, and a prompt cannot describe that",
          "replace the inner one by its text");
    }
    List<Class<?>> path = new ArrayList<>(enclosing);
    path.add(type);
    List<Component> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.add(component(type, component, path));
    }
    return new RecordCodec<>(type, constructor(type), components);
  }

  /** A class of Java's own cannot be made a record, but be a part of one. */
  private static String asRecord(Class<?> type) {
    boolean foreign = type.isPrimitive() || type.isArray() || type.getClassLoader() == null;
    if (!foreign) {
      return "declare it as: record " + type.getSimpleName() + "(String text) {}";
    }
    int parts = type.getTypeParameters().length;
    String of = parts == 0 ? "" : "<String" + ", String".repeat(parts - 1) + ">";
    return "put it into a record of yours, such as: record Question(%s%s text) {}"
        .formatted(type.getSimpleName(), of);
  }

  private static Component component(
      Class<?> type, RecordComponent component, List<Class<?>> enclosing) {
    String where = type.getSimpleName() + "." + component.getName();
    TypeBinding binding = TypeBinding.of(component.getGenericType(), where, enclosing);
    Desc desc = component.getAnnotation(Desc.class);
    Field field =
        new Field(
            component.getName(),
            binding.type(),
            desc == null ? "" : desc.value(),
            StatedLimits.of(component.getAnnotation(Limits.class), binding.type(), where));
    Method accessor = component.getAccessor();
    open(accessor, type);
    return new Component(field, accessor, binding);
  }

  private static <T> Constructor<T> constructor(Class<T> type) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(parameters);
      open(constructor, type);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A record always has its canonical constructor", e);
    }
  }

  private static void open(java.lang.reflect.AccessibleObject member, Class<?> type) {
    try {
      member.setAccessible(true);
    } catch (RuntimeException e) {
      throw new InvalidInputException(
          "Hone cannot read the record %s of module %s. Maybe add to module-info.java: opens %s;"
              .formatted(type.getName(), type.getModule(), type.getPackageName()),
          e);
    }
  }

  @Override
  public List<Field> fields() {
    return fields;
  }

  @Override
  public @Nullable Object decodeField(Field field, JsonNode value) {
    for (Component component : components) {
      if (component.field().name().equals(field.name())) {
        return component.binding().decode(value, field.name());
      }
    }
    return Codec.super.decodeField(field, value);
  }

  @Override
  public ObjectNode encode(T value) {
    if (!type.isInstance(value)) {
      throw InvalidInputException.of(
          "Found %s, expected a %s"
              .formatted(value == null ? "null" : "a " + value.getClass().getName(), this),
          "pass a new " + type.getSimpleName());
    }
    ObjectNode node = Json.object();
    for (Component component : components) {
      node.set(component.field().name(), component.binding().encode(read(component, value)));
    }
    return node;
  }

  private @Nullable Object read(Component component, T value) {
    try {
      return component.accessor().invoke(value);
    } catch (InvocationTargetException e) {
      throw new InvalidInputException(
          "The accessor %s.%s() failed: %s. Maybe correct it, or leave it to the record."
              .formatted(type.getSimpleName(), component.field().name(), cause(e)),
          cause(e));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The accessor was opened when the codec was made", e);
    }
  }

  @Override
  public String toString() {
    return "record " + type.getSimpleName();
  }

  @Override
  public T decode(ObjectNode node) {
    return read(Coercion.object(fields, node, ""), "");
  }

  /** Reads an object whose values are canonical. */
  T read(ObjectNode node, String path) {
    Object[] arguments = new Object[components.size()];
    for (int i = 0; i < arguments.length; i++) {
      Component component = components.get(i);
      String name = component.field().name();
      String child = path.isEmpty() ? name : path + "." + name;
      arguments[i] = component.binding().decode(node.required(name), child);
    }
    return create(arguments, path);
  }

  private T create(Object[] arguments, String path) {
    try {
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = cause(e);
      if (cause instanceof Error error) {
        throw error;
      }
      throw new TypeMismatchException(
          path,
          "the record %s refused its values: %s"
              .formatted(
                  type.getSimpleName(),
                  cause.getMessage() == null ? cause.toString() : cause.getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The constructor was opened when the codec was made", e);
    }
  }

  private static Throwable cause(InvocationTargetException e) {
    Throwable cause = e.getCause();
    return cause == null ? e : cause;
  }
}
