package dev.hone.optimize.ensemble;

import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Counts votes. */
final class Majority {
  private Majority() {}

  /** The most frequent item; of equally frequent ones the first. */
  static <T> T of(List<T> items) {
    Map<T, Integer> counts = new LinkedHashMap<>();
    items.forEach(item -> counts.merge(item, 1, Integer::sum));
    T best = items.get(0);
    for (T item : counts.keySet()) {
      best = counts.getOrDefault(item, 0) > counts.getOrDefault(best, 0) ? item : best;
    }
    return best;
  }

  static <O> Function<List<O>, O> byField(Codec<O> codec) {
    return outputs -> {
      ObjectNode winner = Json.object();
      for (Field field : codec.fields()) {
        List<Optional<JsonNode>> values = new ArrayList<>();
        outputs.forEach(
            output -> values.add(Optional.ofNullable(codec.encode(output).get(field.name()))));
        of(values).ifPresent(value -> winner.set(field.name(), value));
      }
      return codec.decode(winner);
    };
  }
}
