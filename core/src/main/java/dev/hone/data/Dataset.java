package dev.hone.data;

import dev.hone.json.Json;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * Labelled examples in order. Immutable.
 *
 * @param examples the examples
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public record Dataset<I, O>(List<Example<I, O>> examples) implements Iterable<Example<I, O>> {
  /** Copies the list. */
  public Dataset {
    examples = List.copyOf(examples);
  }

  /** A dataset of these examples. */
  public static <I, O> Dataset<I, O> of(List<Example<I, O>> examples) {
    return new Dataset<>(examples);
  }

  /** The number of examples. */
  public int size() {
    return examples.size();
  }

  @Override
  public Iterator<Example<I, O>> iterator() {
    return examples.iterator();
  }

  /** The SHA-256 of the content of all examples, in order. */
  public String fingerprint() {
    ArrayNode ids = Json.array();
    examples.forEach(example -> ids.add(example.id()));
    return Json.fingerprint(ids);
  }
}
