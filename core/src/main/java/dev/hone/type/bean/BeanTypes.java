package dev.hone.type.bean;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.hone.InvalidInputException;
import dev.hone.type.Constraints;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.FieldType.Allowed;
import dev.hone.type.FieldType.TemporalKind;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Java types as the types of fields, classes with plain fields included. Jackson's annotations
 * count, as they do where values are read and written: names of {@code @JsonProperty}, what
 * {@code @JsonPropertyDescription} says, and no field with {@code @JsonIgnore}. Thread-safe.
 */
public final class BeanTypes {
  private static final Map<Class<?>, FieldType> SIMPLE =
      Map.ofEntries(
          Map.entry(String.class, new FieldType.Text()),
          Map.entry(CharSequence.class, new FieldType.Text()),
          Map.entry(boolean.class, new FieldType.Bool()),
          Map.entry(Boolean.class, new FieldType.Bool()),
          Map.entry(byte.class, new FieldType.Whole(8)),
          Map.entry(Byte.class, new FieldType.Whole(8)),
          Map.entry(short.class, new FieldType.Whole(16)),
          Map.entry(Short.class, new FieldType.Whole(16)),
          Map.entry(int.class, new FieldType.Whole(32)),
          Map.entry(Integer.class, new FieldType.Whole(32)),
          Map.entry(long.class, new FieldType.Whole(64)),
          Map.entry(Long.class, new FieldType.Whole(64)),
          Map.entry(BigInteger.class, new FieldType.Whole(0)),
          Map.entry(float.class, new FieldType.Decimal(false)),
          Map.entry(Float.class, new FieldType.Decimal(false)),
          Map.entry(double.class, new FieldType.Decimal(false)),
          Map.entry(Double.class, new FieldType.Decimal(false)),
          Map.entry(BigDecimal.class, new FieldType.Decimal(true)),
          Map.entry(LocalDate.class, new FieldType.Temporal(TemporalKind.DATE)),
          Map.entry(LocalTime.class, new FieldType.Temporal(TemporalKind.TIME)),
          Map.entry(LocalDateTime.class, new FieldType.Temporal(TemporalKind.DATE_TIME)),
          Map.entry(Instant.class, new FieldType.Temporal(TemporalKind.INSTANT)),
          Map.entry(OffsetDateTime.class, new FieldType.Temporal(TemporalKind.OFFSET_DATE_TIME)),
          Map.entry(Duration.class, new FieldType.Temporal(TemporalKind.DURATION)));

  private final Function<AnnotatedElement, String> describe;

  private BeanTypes(Function<AnnotatedElement, String> describe) {
    this.describe = describe;
  }

  /**
   * Types of a framework.
   *
   * @param describe what an annotation of the framework says of an element; empty for nothing
   */
  public static BeanTypes describedBy(Function<AnnotatedElement, String> describe) {
    return new BeanTypes(describe);
  }

  /**
   * The type of the fields for a Java type.
   *
   * @param where what has the type, for errors
   * @throws InvalidInputException if a field cannot carry it
   */
  public FieldType of(Type type, String where) {
    return of(type, where, List.of());
  }

  private FieldType of(Type type, String where, List<Class<?>> enclosing) {
    if (type instanceof ParameterizedType generic) {
      return ofGeneric(generic, where, enclosing);
    }
    if (!(type instanceof Class<?> raw)) {
      throw unsupported(type, where);
    }
    FieldType simple = SIMPLE.get(raw);
    if (simple != null) {
      return simple;
    } else if (raw.isEnum()) {
      return ofEnum(raw);
    } else if (raw.isArray()) {
      return new FieldType.ListOf(of(raw.getComponentType(), where, enclosing));
    }
    return new FieldType.ObjectOf(raw.getSimpleName(), members(raw, where, enclosing));
  }

  private FieldType ofGeneric(ParameterizedType type, String where, List<Class<?>> enclosing) {
    Type[] arguments = type.getActualTypeArguments();
    FieldType last = of(arguments[arguments.length - 1], where, enclosing);
    Class<?> raw = (Class<?>) type.getRawType();
    if (raw == List.class || raw == Collection.class || raw == Iterable.class) {
      return new FieldType.ListOf(last);
    } else if (raw == Set.class) {
      return new FieldType.SetOf(last);
    } else if (raw == Optional.class) {
      return new FieldType.OptionalOf(last);
    } else if (raw == Map.class) {
      return new FieldType.MapOf(of(arguments[0], where, enclosing), last);
    }
    throw unsupported(type, where);
  }

  private FieldType ofEnum(Class<?> type) {
    List<Allowed> allowed = new ArrayList<>();
    for (java.lang.reflect.Field constant : type.getFields()) {
      if (constant.isEnumConstant()) {
        allowed.add(new Allowed(name(constant), description(constant)));
      }
    }
    return new FieldType.Choice(allowed);
  }

  /** Whether a class is one with parts, which become fields each. */
  public static boolean hasMembers(Type type) {
    return type instanceof Class<?> raw
        && !SIMPLE.containsKey(raw)
        && !raw.isEnum()
        && !raw.isArray();
  }

  /**
   * The fields of a class, in the order in which it declares them, those of the classes above it
   * first.
   *
   * @throws InvalidInputException if it is an interface, of the JDK, contains itself, or has none
   */
  public List<Field> members(Class<?> type, String where) {
    return members(type, where, List.of());
  }

  private List<Field> members(Class<?> type, String where, List<Class<?>> enclosing) {
    if (type.isInterface() || type.isPrimitive() || type.getClassLoader() == null) {
      throw unsupported(type, where);
    }
    if (enclosing.contains(type)) {
      throw InvalidInputException.of(
          "%s has the type %s, which contains itself".formatted(where, type.getSimpleName()),
          "replace the inner one by its text");
    }
    List<Class<?>> path = new ArrayList<>(enclosing);
    path.add(type);
    List<Field> fields = new ArrayList<>();
    for (Class<?> c = type; c != null && c.getClassLoader() != null; c = c.getSuperclass()) {
      fields.addAll(0, declared(c, where, path));
    }
    if (fields.isEmpty()) {
      throw InvalidInputException.of(
          "%s has the type %s, which has no fields".formatted(where, type.getSimpleName()),
          "give it one, or return a String");
    }
    return fields;
  }

  private List<Field> declared(Class<?> type, String where, List<Class<?>> path) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .filter(field -> !Modifier.isTransient(field.getModifiers()))
        .filter(field -> !field.isAnnotationPresent(JsonIgnore.class))
        .map(
            field ->
                new Field(
                    name(field),
                    of(field.getGenericType(), where, path),
                    description(field),
                    Constraints.NONE))
        .toList();
  }

  /** The name in JSON. */
  private static String name(java.lang.reflect.Field member) {
    JsonProperty named = member.getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? member.getName() : named.value();
  }

  /** What annotations say of an element; empty without one. */
  public String description(@Nullable AnnotatedElement element) {
    if (element == null) {
      return "";
    }
    String said = describe.apply(element);
    JsonPropertyDescription plain = element.getAnnotation(JsonPropertyDescription.class);
    return said.isEmpty() && plain != null ? plain.value() : said;
  }

  private static InvalidInputException unsupported(Type type, String where) {
    return InvalidInputException.of(
        "%s has the type %s, which no field can carry".formatted(where, type.getTypeName()),
        "use text, a number, a boolean, an enum, a date, a class with fields, or a List, Set, Map"
            + " or Optional of those");
  }
}
