package dev.hone.prompt;

import dev.hone.InvalidInputException;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import dev.hone.json.Json;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which of a predictor's demos a call shows. */
public sealed interface DemoSelection {
  /** All demos, in their order, for any input. */
  static DemoSelection all() {
    return new All();
  }

  /**
   * The demos that a call with these inputs shows, in the order in which it shows them.
   *
   * @param demos all demos of the predictor
   * @param embedder gives the embedder of the call's context, and is asked only if one is needed
   * @throws InvalidInputException if there is no embedder, or another one than the vectors are of
   */
  List<Demo> shown(List<Demo> demos, ObjectNode inputs, Supplier<Optional<Embedder>> embedder);

  /** All demos, in their order. */
  record All() implements DemoSelection {
    @Override
    public List<Demo> shown(
        List<Demo> demos, ObjectNode inputs, Supplier<Optional<Embedder>> embedder) {
      return demos;
    }
  }

  /**
   * The demos whose inputs are nearest to the call's, nearest first, chosen anew at every call by
   * the embedder of the context.
   *
   * @param k the most demos that are shown, at least 1
   * @param embedderId the embedder that made the vectors, and the only one that can choose
   * @param vectors a vector of the inputs of each demo, in the order of the demos
   */
  record Nearest(int k, String embedderId, List<Embedding> vectors) implements DemoSelection {
    /** Copies the list and checks k. */
    public Nearest {
      vectors = List.copyOf(vectors);
      if (k < 1) {
        throw InvalidInputException.of("k (" + k + ") is less than 1", "use 3");
      }
    }

    @Override
    public List<Demo> shown(
        List<Demo> demos, ObjectNode inputs, Supplier<Optional<Embedder>> embedder) {
      if (demos.isEmpty()) {
        return demos;
      }
      Embedding query = checked(embedder.get()).embed(text(inputs));
      double[] cosines = vectors.stream().mapToDouble(query::cosine).toArray();
      return IntStream.range(0, demos.size())
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> -cosines[i]))
          .limit(k)
          .map(demos::get)
          .toList();
    }

    private Embedder checked(Optional<Embedder> found) {
      Embedder embedder =
          found.orElseThrow(
              () ->
                  InvalidInputException.of(
                      "The program chooses its demos by the embedder \"%s\", and none is set"
                          .formatted(embedderId),
                      "add the module hone-local, or Context.builder().embedder(embedder)"));
      if (!embedder.id().equals(embedderId)) {
        throw InvalidInputException.of(
            "The program chooses its demos by the embedder \"%s\", and the context has \"%s\""
                .formatted(embedderId, embedder.id()),
            "set the one it was compiled with, or compile it again");
      }
      return embedder;
    }

    /** The selection as JSON: equal selections, equal JSON. */
    public ObjectNode toJson() {
      ObjectNode node = Json.object().put("k", k).put("embedder", embedderId);
      ArrayNode array = node.putArray("vectors");
      vectors.forEach(vector -> array.add(vector.toBase64()));
      return node;
    }
  }

  /**
   * The text of which an embedder makes the vector of a predictor's inputs: the value alone where
   * there is one field, else a line per field with its name.
   */
  static String text(ObjectNode inputs) {
    return inputs.size() == 1
        ? value(inputs.iterator().next())
        : inputs.properties().stream()
            .map(entry -> entry.getKey() + ": " + value(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }

  private static String value(JsonNode value) {
    return value.isString() ? value.stringValue() : Json.write(value);
  }
}
