package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.random.RandomSource;
import dev.hone.signature.Signature;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;

/**
 * Labelled examples in order. Immutable.
 *
 * @param examples the examples
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public record Dataset<I, O>(List<Example<I, O>> examples) implements Iterable<Example<I, O>> {
  /** Copies the list, which holds no null. */
  public Dataset {
    requireNoNull(examples);
    examples = List.copyOf(examples);
  }

  private static void requireNoNull(List<?> examples) {
    int index = new ArrayList<>(examples).indexOf(null);
    if (index >= 0) {
      throw InvalidInputException.of(
          "Example %d of %d is null".formatted(index, examples.size()), "leave it out");
    }
  }

  /** A dataset of these examples. */
  public static <I, O> Dataset<I, O> of(List<Example<I, O>> examples) {
    return new Dataset<>(examples);
  }

  /** Reads a file of JSON lines whose keys are the signature's fields; see the other one. */
  public static <I, O> Dataset<I, O> ofJsonl(Path file, Signature<I, O> signature) {
    return ofJsonl(Source.of(file), signature, Columns.asNamed());
  }

  /**
   * Reads JSON lines: one object per line, with the fields of both sides of the signature as its
   * keys. Fields that may be absent can be missing; blank lines do not count. Keys that are no
   * field are an error, unless the columns ignore them; see {@link Columns}.
   *
   * @throws DatasetFormatException if a row does not fit, naming line and field, or there is none
   * @throws InvalidInputException if it cannot be read
   */
  public static <I, O> Dataset<I, O> ofJsonl(
      Source source, Signature<I, O> signature, Columns columns) {
    return new JsonlReader<>(source, signature, columns).read();
  }

  /** Reads a CSV file whose columns are the signature's fields; see the other one. */
  public static <I, O> Dataset<I, O> ofCsv(Path file, Signature<I, O> signature) {
    return ofCsv(Source.of(file), signature, Columns.asNamed());
  }

  /**
   * Reads CSV: a header, cells separated by commas, quoted where they hold commas, quotes (doubled)
   * or line breaks. Lists, sets, maps and objects are JSON in their cell. An empty cell is an empty
   * text, or absent where the field may be; empty lines do not count. A field that may be absent
   * needs no column, and is then absent in every example. A column that is no field is an error,
   * unless the columns ignore it; see {@link Columns}.
   *
   * @throws DatasetFormatException if a row does not fit, naming line and column, or there is none
   * @throws InvalidInputException if it cannot be read
   */
  public static <I, O> Dataset<I, O> ofCsv(
      Source source, Signature<I, O> signature, Columns columns) {
    return new CsvReader<>(source, signature, columns).read();
  }

  /** The number of examples. */
  public int size() {
    return examples.size();
  }

  @Override
  public Iterator<Example<I, O>> iterator() {
    return examples.iterator();
  }

  /** The first examples, so many or all there are. */
  public Dataset<I, O> first(int count) {
    if (count < 0) {
      throw InvalidInputException.of("The count (" + count + ") is negative", "use 0 or more");
    }
    return new Dataset<>(examples.subList(0, Math.min(count, size())));
  }

  /** A copy in random order; equal seeds and examples give equal orders. */
  public Dataset<I, O> shuffled(long seed) {
    return new Dataset<>(RandomSource.shuffled(examples, new SplittableRandom(seed)));
  }

  /**
   * Splits at random into a first part of so many examples and the rest.
   *
   * @throws InvalidInputException if a part would be empty
   */
  public Split<I, O> splitAt(int firstSize, long seed) {
    Split.requireParts(firstSize, size());
    List<Example<I, O>> shuffled = shuffled(seed).examples();
    return new Split<>(
        new Dataset<>(shuffled.subList(0, firstSize)),
        new Dataset<>(shuffled.subList(firstSize, size())));
  }

  /**
   * Splits at random into a first part with this share of the examples, and the rest.
   *
   * @param fraction the share, between 0 and 1; rounded to whole examples
   * @throws InvalidInputException if the fraction is not between 0 and 1, or a part would be empty
   */
  public Split<I, O> split(double fraction, long seed) {
    return splitAt(Split.sizeOf(fraction, size()), seed);
  }

  /**
   * Splits as {@link #split}, with the labels spread evenly: both parts have their share, to within
   * one example, of each value of the first label field, of each combination of values of the first
   * two, and so on; for numbers, of each range of values.
   *
   * @throws InvalidInputException as {@link #split}
   */
  public Split<I, O> stratifiedSplit(double fraction, long seed) {
    return Stratification.byLabel(this).split(Split.sizeOf(fraction, size()), seed);
  }

  /**
   * Splits as {@link #split}, with both parts having their share, to within one example, of each
   * stratum.
   *
   * @param stratum the group that an example belongs to, such as its severity; compared by equals
   * @throws InvalidInputException as {@link #split}
   */
  public Split<I, O> stratifiedSplit(
      double fraction, long seed, Function<? super Example<I, O>, ?> stratum) {
    return Stratification.by(this, stratum).split(Split.sizeOf(fraction, size()), seed);
  }

  /** The examples whose content already occurred before them. */
  public List<Example<I, O>> duplicates() {
    Set<String> seen = new HashSet<>();
    return examples.stream().filter(example -> !seen.add(example.id())).toList();
  }

  /** The examples whose input another dataset has too, whatever its label there. */
  public List<Example<I, O>> overlapWith(Dataset<I, O> other) {
    Set<String> inputs = other.examples.stream().map(Dataset::inputId).collect(Collectors.toSet());
    return examples.stream().filter(example -> inputs.contains(inputId(example))).toList();
  }

  /** A copy without the examples whose input another dataset has too. */
  public Dataset<I, O> without(Dataset<I, O> other) {
    Set<Example<I, O>> shared = new HashSet<>(overlapWith(other));
    return new Dataset<>(examples.stream().filter(e -> !shared.contains(e)).toList());
  }

  /**
   * Checks that no input is in another dataset too, as training and test set must be.
   *
   * @return this dataset
   * @throws InvalidInputException if they overlap, naming the first input
   */
  public Dataset<I, O> requireDisjoint(Dataset<I, O> other) {
    List<Example<I, O>> shared = overlapWith(other);
    if (!shared.isEmpty()) {
      throw InvalidInputException.of(
          "%d of %s %s an input that the other dataset has too, the first is %s"
              .formatted(
                  shared.size(),
                  Plural.of(size(), "example"),
                  shared.size() == 1 ? "has" : "have",
                  Example.shortened(Json.write(shared.get(0).inputJson()))),
          "take them out with without(other)");
    }
    return this;
  }

  private static String inputId(Example<?, ?> example) {
    return Json.fingerprint(example.inputJson());
  }

  /** The SHA-256 of the content of all examples, in order. */
  public String fingerprint() {
    ArrayNode ids = Json.array();
    examples.forEach(example -> ids.add(example.id()));
    return Json.fingerprint(ids);
  }

  /** One line, such as {@code Dataset[150 examples of snippet -> severity, violations]}. */
  @Override
  public String toString() {
    String fields = examples.isEmpty() ? "" : " of " + examples.get(0).shape();
    return "Dataset[" + Plural.of(size(), "example") + fields + "]";
  }
}
