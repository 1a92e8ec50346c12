package dev.hone.optimize.ensemble;

import dev.hone.json.Json;
import dev.hone.signature.Codec;
import dev.hone.stats.Votes;
import dev.hone.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Votes on each field of an output by itself. */
final class FieldVotes {
  private FieldVotes() {}

  static <O> Function<List<O>, O> reducer(Codec<O> codec) {
    return outputs -> {
      ObjectNode winner = Json.object();
      for (Field field : codec.fields()) {
        List<Optional<JsonNode>> values = new ArrayList<>();
        outputs.forEach(
            output -> values.add(Optional.ofNullable(codec.encode(output).get(field.name()))));
        Votes.winner(values)
            .flatMap(value -> value)
            .ifPresent(value -> winner.set(field.name(), value));
      }
      return codec.decode(winner);
    };
  }
}
