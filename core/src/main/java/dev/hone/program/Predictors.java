package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.context.Context;
import dev.hone.pipeline.ModelBinding;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The predictors of a program, found by the fields that lead to them: fields of the program, of the
 * programs and records in its fields, and items of lists, maps and optionals among them. Other
 * objects, such as services that the program uses, are not looked into. A predictor on its own is
 * named {@code self}; others by their path, such as {@code answer}, {@code hop.query} or {@code
 * judges[1]} or {@code byTopic['law']} (maps in the order of their keys). One object reached by two
 * paths is one predictor, under the first. A model that a part is bound to, and checks of its
 * output, add nothing to the path. Programs that are {@link FrozenProgram} are not looked into. A
 * predictor that only a method knows is not found: it runs under the state it was made with, and
 * its steps have an empty name.
 */
public final class Predictors {
  /** How the compiler names the field for a variable that an anonymous class uses. */
  private static final String CAPTURED = "val$";

  /** The name of a predictor on its own. */
  private static final String SELF = "self";

  private final Map<String, Predict<?, ?>> byName = new LinkedHashMap<>();
  private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
  private final Map<String, ModelBinding> bindings = new HashMap<>();
  private final Deque<ModelBinding> bound = new ArrayDeque<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Deque<Start> starts = new ArrayDeque<>();

  private Predictors() {}

  /**
   * Finds the predictors of a program, in the order of its fields. None is an empty result.
   *
   * @throws InvalidInputException if the program is null, a field cannot be read, two predictors
   *     would have one name, or one has none, since it is in a set or is captured by a lambda
   */
  public static Predictors of(Program<?, ?> program) {
    if (program == null) {
      throw InvalidInputException.of(
          "The program is null, expected a predictor or a class that implements Program",
          "pass what Predict.of makes");
    }
    Predictors predictors = new Predictors();
    predictors.visit(program, "");
    return predictors;
  }

  /** Those of no program. */
  static Predictors none() {
    return new Predictors();
  }

  /** The predictors by name, in order; read-only. */
  public Map<String, Predict<?, ?>> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /** The name of a predictor object, if it is one of these. */
  public Optional<String> nameOf(Predict<?, ?> predict) {
    return Optional.ofNullable(names.get(predict));
  }

  /** A context as a predictor is called under it: with the model that it is bound to by a part. */
  Context bind(String predictor, Context context) {
    ModelBinding model = bindings.get(predictor);
    return model == null ? context : context.withModel(model);
  }

  /** The states that the predictors were made with. */
  public ProgramState initialState() {
    Map<String, PredictorState> states = new LinkedHashMap<>();
    byName.forEach((name, predict) -> states.put(name, predict.state()));
    return new ProgramState(states);
  }

  String joined() {
    return byName.isEmpty() ? "none" : String.join(", ", byName.keySet());
  }

  /** One line, such as {@code Predictors[query, answer]}. */
  @Override
  public String toString() {
    return "Predictors[" + joined() + "]";
  }

  private void visit(@Nullable Object value, String path) {
    if (value instanceof Optional<?> optional) {
      visit(optional.orElse(null), path);
    } else if (value instanceof Program<?, ?> program) {
      if (seen.add(program)) {
        visitProgram(program, path);
      }
    } else if (value instanceof List<?>
        || value instanceof Map<?, ?>
        || value instanceof Object[]) {
      if (seen.add(value)) {
        visitItems(value, path);
      }
    } else if (value instanceof Collection<?> collection) {
      requireNoPrograms(collection, path);
    } else if (value instanceof Record parts && seen.add(parts)) {
      visitFields(parts, path);
    }
  }

  private void visitItems(Object items, String path) {
    if (items instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        visit(list.get(i), path + "[" + i + "]");
      }
    } else if (items instanceof Object[] array) {
      visit(Arrays.asList(array), path);
    } else if (items instanceof Map<?, ?> map) {
      map.entrySet().stream()
          .sorted(Comparator.comparing(entry -> String.valueOf(entry.getKey())))
          .forEach(entry -> visit(entry.getValue(), path + "['" + entry.getKey() + "']"));
    }
  }

  /** What these predictors are called where a larger program leads to them, by their own names. */
  Map<String, String> namesIn(Predictors larger) {
    Map<String, String> result = new LinkedHashMap<>();
    byName.keySet().forEach(name -> result.put(name, ""));
    names.forEach(
        (predict, name) ->
            result.merge(
                name, larger.names.getOrDefault(predict, ""), (a, b) -> b.isEmpty() ? a : b));
    result.values().removeIf(String::isEmpty);
    return result;
  }

  /** Whether a program was found among those that lead to the predictors. */
  boolean holds(Program<?, ?> program) {
    return seen.contains(program);
  }

  private void visitProgram(Program<?, ?> program, String path) {
    if (program instanceof Predict<?, ?> predict) {
      add(predict, path.isEmpty() ? SELF : path);
    } else if (program instanceof ProgramRunner.StudentProgram<?, ?> student) {
      visitStudent(student, path);
    } else if (program instanceof Program.Bound<?, ?> part) {
      bound.push(part.model());
      visit(part.program(), path);
      bound.pop();
    } else if (program instanceof Checked<?, ?> checked) {
      visit(checked.program(), path);
    } else if (!(program instanceof FrozenProgram<?, ?>)) {
      int before = byName.size();
      visitFields(program, path);
      if (program instanceof List<?> || program instanceof Map<?, ?>) {
        visitItems(program, path);
      }
      if (program.getClass().isHidden() && byName.size() > before) {
        throw InvalidInputException.of(
            "The program%s is a lambda that captures a predictor, which has no name there"
                .formatted(path.isEmpty() ? "" : " " + path),
            "declare it as a record or class with a field for the predictor");
      }
    }
  }

  /** The predictors of a student start from its state, that of the outermost if there are two. */
  private void visitStudent(ProgramRunner.StudentProgram<?, ?> student, String path) {
    starts.addLast(new Start(path, student.initial()));
    visit(student.program(), path);
    starts.removeLast();
  }

  /** A state that the predictors below a path start from. */
  private record Start(String path, ProgramState state) {
    Predict<?, ?> of(Predict<?, ?> predict, String name) {
      String own = name.equals(path) ? SELF : name.substring(path.length());
      return predict.withState(state.of(own.startsWith(".") ? own.substring(1) : own));
    }
  }

  private void visitFields(Object owner, String path) {
    for (Class<?> type : lineage(owner.getClass())) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && mayLead(field, owner)) {
          String name = nameOf(field);
          visit(read(field, owner), path.isEmpty() ? name : path + "." + name);
        }
      }
    }
  }

  /** A record of a module that is closed to Hone is data like any other. */
  private static boolean mayLead(Field field, Object owner) {
    return !field.getType().isPrimitive()
        && (owner instanceof Program<?, ?> || field.trySetAccessible());
  }

  private void add(Predict<?, ?> predict, String name) {
    Predict<?, ?> started = starts.isEmpty() ? predict : starts.getFirst().of(predict, name);
    if (byName.putIfAbsent(name, started) != null) {
      throw InvalidInputException.of(
          "Two predictors of the program have the name \"%s\"".formatted(name),
          "rename the field in the subclass, or the key of the map");
    }
    names.put(predict, name);
    names.put(started, name);
    if (!bound.isEmpty()) {
      bindings.put(name, bound.element());
    }
  }

  /** What a lambda captures has no name; what an anonymous class captures has its variable's. */
  private static String nameOf(Field field) {
    String name = field.getName();
    return name.startsWith(CAPTURED) ? name.substring(CAPTURED.length()) : name;
  }

  private static void requireNoPrograms(Collection<?> collection, String path) {
    if (collection.stream().anyMatch(Program.class::isInstance)) {
      throw InvalidInputException.of(
          "%s is a %s of programs, which gives them no name"
              .formatted(path, collection.getClass().getSimpleName()),
          "use a List or a Map");
    }
  }

  private static Deque<Class<?>> lineage(Class<?> type) {
    Deque<Class<?>> classes = new ArrayDeque<>();
    for (Class<?> c = type; c != null && !ofTheJdk(c); c = c.getSuperclass()) {
      classes.addFirst(c);
    }
    return classes;
  }

  private static boolean ofTheJdk(Class<?> type) {
    return type.getClassLoader() == null || type.getName().startsWith("java.");
  }

  private static @Nullable Object read(Field field, Object owner) {
    try {
      field.setAccessible(true);
      return field.get(owner);
    } catch (RuntimeException | IllegalAccessException e) {
      Class<?> type = field.getDeclaringClass();
      throw new InvalidInputException(
          ("Hone cannot read the field %s of the program %s. Maybe add to module-info.java: opens"
                  + " %s;")
              .formatted(field.getName(), type.getName(), type.getPackageName()),
          e);
    }
  }
}
