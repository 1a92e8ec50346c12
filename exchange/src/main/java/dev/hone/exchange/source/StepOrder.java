package dev.hone.exchange.source;

import dev.hone.InvalidInputException;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * In which order steps run, by the names of what they take and give: a step comes after those that
 * give what it takes.
 *
 * @param variables the steps, in that order
 * @param last the step that runs last
 * @param inputs what the whole program takes
 * @param outputs what it returns
 */
record StepOrder(List<String> variables, StepSource last, List<Field> inputs, List<Field> outputs) {

  static StepOrder of(Map<String, StepSource> steps, Optional<Signature<?, ?>> signature) {
    List<String> order = ordered(steps);
    StepSource last = Objects.requireNonNull(steps.get(order.get(order.size() - 1)));
    Map<String, Field> given = new LinkedHashMap<>();
    signature.ifPresent(s -> s.inputFields().forEach(f -> given.put(f.name(), f)));
    Map<String, Field> inputs = new LinkedHashMap<>(given);
    for (String variable : order) {
      StepSource step = Objects.requireNonNull(steps.get(variable));
      for (Field field : step.inputs()) {
        if (!given.containsKey(field.name())) {
          given.put(field.name(), field);
          inputs.put(field.name(), field);
        }
        requireSame(step, field, Objects.requireNonNull(given.get(field.name())));
      }
      step.outputs().forEach(field -> given.put(field.name(), field));
    }
    List<Field> outputs =
        signature
            .map(s -> s.outputFields().stream().filter(f -> given.containsKey(f.name())).toList())
            .orElse(last.outputs());
    return new StepOrder(order, last, List.copyOf(inputs.values()), outputs);
  }

  private static List<String> ordered(Map<String, StepSource> steps) {
    Map<String, StepSource> left = new LinkedHashMap<>(steps);
    List<String> order = new ArrayList<>();
    while (!left.isEmpty()) {
      String next =
          left.keySet().stream()
              .filter(variable -> isReady(variable, left))
              .findFirst()
              .orElseGet(() -> left.keySet().iterator().next());
      order.add(next);
      left.remove(next);
    }
    return order;
  }

  private static boolean isReady(String variable, Map<String, StepSource> left) {
    Set<String> later = new LinkedHashSet<>();
    left.forEach(
        (name, step) -> {
          if (!name.equals(variable)) {
            step.outputs().forEach(field -> later.add(field.name()));
          }
        });
    return Objects.requireNonNull(left.get(variable)).inputs().stream()
        .map(Field::name)
        .noneMatch(later::contains);
  }

  private static void requireSame(StepSource step, Field taken, Field given) {
    if (!given.type().equals(taken.type())) {
      throw InvalidInputException.of(
          "The step \"%s\" takes \"%s\" as %s, and it is %s before"
              .formatted(
                  step.predictor().name(),
                  taken.name(),
                  taken.type().label(),
                  given.type().label()),
          "give the field the same type in both steps");
    }
  }
}
