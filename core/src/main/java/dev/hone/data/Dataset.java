package dev.hone.data;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.data.summary.DatasetSummary;
import dev.hone.random.RandomSource;
import dev.hone.signature.Signature;
import dev.hone.text.Plural;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Examples in order, mostly with labels. Immutable and thread-safe.
 *
 * @param <I> the type of the inputs
 * @param <O> the type of the labels
 */
public final class Dataset<I, O> implements Iterable<Example<I, O>> {
  private final List<Example<I, O>> examples;

  private Dataset(List<Example<I, O>> examples) {
    DatasetChecks.requireNoNull(examples);
    this.examples = List.copyOf(examples);
  }

  /** A dataset of these examples, none of them null. */
  public static <I, O> Dataset<I, O> of(List<Example<I, O>> examples) {
    return new Dataset<>(examples);
  }

  /**
   * A dataset of examples without labels, for metrics that need none. In a file, rows may lack
   * their label by {@link Columns#labelsOptional()}.
   *
   * @throws InvalidInputException as {@link Example#unlabelled}
   */
  public static <I, O> Dataset<I, O> unlabelled(List<I> inputs) {
    return new Dataset<>(inputs.stream().map(Example::<I, O>unlabelled).toList());
  }

  /** The examples, in order; read-only. */
  public List<Example<I, O>> examples() {
    return examples;
  }

  /** Reads a file of JSON lines whose keys are the components of two records; see the last one. */
  public static <I, O> Dataset<I, O> ofJsonl(Path file, Class<I> input, Class<O> output) {
    return ofJsonl(file, Signature.of(input, output, ""));
  }

  /** Reads a file of JSON lines whose keys are the signature's fields; see the last one. */
  public static <I, O> Dataset<I, O> ofJsonl(Path file, Signature<I, O> signature) {
    return ofJsonl(Source.of(file), signature, Columns.asNamed());
  }

  /**
   * Reads JSON lines: one object per line, with the fields of both sides of the signature as its
   * keys; blank lines do not count; see {@link Columns}.
   *
   * @throws InvalidInputException if it cannot be read, or, as a {@link DatasetFormatException}
   *     with line and field, if a row does not fit or there is none
   */
  public static <I, O> Dataset<I, O> ofJsonl(
      Source source, Signature<I, O> signature, Columns columns) {
    return new JsonlReader<>(source, signature, columns).read(source);
  }

  /** Reads a CSV file whose columns are the components of two records; see the last one. */
  public static <I, O> Dataset<I, O> ofCsv(Path file, Class<I> input, Class<O> output) {
    return ofCsv(file, Signature.of(input, output, ""));
  }

  /** Reads a CSV file whose columns are the signature's fields; see the last one. */
  public static <I, O> Dataset<I, O> ofCsv(Path file, Signature<I, O> signature) {
    return ofCsv(Source.of(file), signature, Columns.asNamed());
  }

  /**
   * Reads CSV: a header, cells quoted where they hold separators, quotes (doubled) or line breaks;
   * empty rows do not count. Cells are separated by commas, semicolons, tabs or upright strokes, as
   * the header shows. Lists, maps and objects are JSON in their cell; an empty cell is an empty
   * text, or absent where the field may be; see {@link Columns} and {@code docs/formats.md}.
   *
   * @throws InvalidInputException as {@link #ofJsonl(Source, Signature, Columns)}
   */
  public static <I, O> Dataset<I, O> ofCsv(
      Source source, Signature<I, O> signature, Columns columns) {
    return new CsvReader<>(source, signature, columns).read(source);
  }

  /** The number of examples. */
  public int size() {
    return examples.size();
  }

  /** The example at a position, counted from 0. */
  public Example<I, O> get(int index) {
    return examples.get(index);
  }

  @Override
  public Iterator<Example<I, O>> iterator() {
    return examples.iterator();
  }

  /** The first examples, this number of them or all there are. */
  public Dataset<I, O> first(int count) {
    SettingCheck.atLeast("count", count, 0);
    return slice(0, count);
  }

  /**
   * The examples from one position to before another, counted from 0; fewer where the dataset ends.
   *
   * @throws InvalidInputException if a position is negative, or the second before the first
   */
  public Dataset<I, O> slice(int from, int to) {
    DatasetChecks.requireRange(from, to);
    return new Dataset<>(examples.subList(Math.min(from, size()), Math.min(to, size())));
  }

  /** A dataset of what a function makes of each example. */
  public <J, P> Dataset<J, P> map(Function<? super Example<I, O>, Example<J, P>> change) {
    return new Dataset<>(examples.stream().map(change).toList());
  }

  /** The examples that pass a test, in order. */
  public Dataset<I, O> filter(Predicate<? super Example<I, O>> test) {
    return new Dataset<>(examples.stream().filter(test).toList());
  }

  /** The examples that have a label, in order. */
  public Dataset<I, O> labelled() {
    return filter(Example::hasLabel);
  }

  /** These examples, then those of another dataset. */
  public Dataset<I, O> concat(Dataset<I, O> other) {
    return new Dataset<>(Stream.concat(examples.stream(), other.examples.stream()).toList());
  }

  /** A copy in random order; equal seeds and examples give equal orders. */
  public Dataset<I, O> shuffled(long seed) {
    return new Dataset<>(RandomSource.shuffled(examples, new SplittableRandom(seed)));
  }

  /**
   * Splits at random into a first part of this number of examples and the rest.
   *
   * @throws InvalidInputException if a part would be empty
   */
  public Split<I, O> splitAt(int firstSize, long seed) {
    Split.requireParts(firstSize, size());
    Dataset<I, O> shuffled = shuffled(seed);
    return new Split<>(shuffled.slice(0, firstSize), shuffled.slice(firstSize, size()));
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
   * two, and so on; for numbers, nearly so of each range. The examples of a label are ordered by a
   * hash of content and seed, and the first part has the first of them: one example more moves at
   * most one other of its label and one of another for each field, or a few near ones for numbers.
   *
   * @throws InvalidInputException as {@link #split}
   */
  public Split<I, O> stratifiedSplit(double fraction, long seed) {
    return Stratification.byLabel(this, seed).split(fraction);
  }

  /**
   * Splits as {@link #stratifiedSplit(double, long)}, by strata of your own instead of labels.
   *
   * @param stratum the group that an example belongs to, such as its severity; compared by equals
   * @throws InvalidInputException as {@link #split}
   */
  public Split<I, O> stratifiedSplit(
      double fraction, long seed, Function<? super Example<I, O>, ?> stratum) {
    return Stratification.by(this, seed, stratum).split(fraction);
  }

  /** Splits as {@link #splitByHash(double, long)} with seed 0. */
  public Split<I, O> splitByHash(double fraction) {
    return splitByHash(fraction, 0);
  }

  /**
   * Splits by the content of the inputs: which part an example is in depends on its input and the
   * seed alone, so that one more example moves no other, and equal inputs stay together. The first
   * part has about this share of the examples, not exactly; both keep their order.
   *
   * @param fraction the share, between 0 and 1
   * @throws InvalidInputException as {@link #split}
   */
  public Split<I, O> splitByHash(double fraction, long seed) {
    return Split.byHash(this, fraction, seed);
  }

  /** What is in it: types, lengths, balance of labels, conflicts; prints a table. */
  public DatasetSummary describe() {
    return DatasetChecks.describe(examples);
  }

  /** The examples whose input and label already occurred before them. */
  public List<Example<I, O>> duplicates() {
    return DatasetChecks.duplicates(examples);
  }

  /** The examples whose input another dataset has too, with any label there. */
  public List<Example<I, O>> overlapWith(Dataset<I, O> other) {
    return DatasetChecks.overlap(examples, other.examples);
  }

  /** A copy without the examples whose input another dataset has too. */
  public Dataset<I, O> without(Dataset<I, O> other) {
    return filter(DatasetChecks.isApartFrom(other.examples));
  }

  /**
   * Checks that no input is in another dataset too, as training and test set must be.
   *
   * @return this dataset
   * @throws InvalidInputException if they overlap, naming the first input
   */
  public Dataset<I, O> requireDisjoint(Dataset<I, O> other) {
    DatasetChecks.requireNoOverlap(overlapWith(other), size());
    return this;
  }

  /**
   * Checks that there are labels to learn from or to compare with. An empty dataset passes.
   *
   * @param who what needs them, for the error, such as {@code LabeledFewShot}
   * @throws InvalidInputException if no example has a label
   */
  public Dataset<I, O> requireLabels(String who) {
    DatasetChecks.requireLabels(examples, who);
    return this;
  }

  /**
   * Writes a file of JSON lines that {@link #ofJsonl} reads back: fields, then extras, one object
   * per example. The file is written as a whole or not at all; folders that are missing are made.
   *
   * @throws InvalidInputException if it cannot be written, or an input and a label have a field of
   *     one name
   */
  public void writeJsonl(Path file) {
    new DatasetWriter(this).writeJsonl(file);
  }

  /**
   * Writes a CSV file that {@link #ofCsv} reads back: columns of the fields, then of the extras;
   * lists, sets, maps and objects as JSON in their cell, what is absent as an empty cell. Extras
   * come back as texts.
   *
   * @throws InvalidInputException as {@link #writeJsonl}
   */
  public void writeCsv(Path file) {
    new DatasetWriter(this).writeCsv(file);
  }

  /** The SHA-256 of the ids of all examples, in order; extras do not count. */
  public String fingerprint() {
    return DatasetChecks.fingerprint(examples);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Dataset<?, ?> dataset && examples.equals(dataset.examples);
  }

  @Override
  public int hashCode() {
    return examples.hashCode();
  }

  /** One line, such as {@code Dataset[150 examples of snippet -> severity, violations]}. */
  @Override
  public String toString() {
    String fields = examples.isEmpty() ? "" : " of " + examples.get(0).shape();
    return "Dataset[" + Plural.of(size(), "example") + fields + "]";
  }
}
