package dev.hone.parquet;

import dev.hone.InvalidInputException;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetBuilder;
import dev.hone.signature.Signature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads Parquet files, such as those of the Hugging Face hub, by the rules that hold for CSV and
 * JSON lines ({@link Columns}): columns become fields, others are carried along as extras, and
 * faults name the file, the row (counted from 1) and the field.
 *
 * <p>Values: lists, maps and nested columns as they are; dates and times in ISO form, those in UTC
 * with a {@code Z}; decimals exactly; bytes that are UTF-8 as text, others in Base64; numbers of
 * the hub's class labels as their names. Compression: none, Snappy, gzip, Zstandard, LZ4 (raw). Not
 * read: Brotli, LZO, the old LZ4 of Hadoop, encrypted files, variants.
 *
 * <p>A row group at a time is decoded; the examples are held in memory. Thread-safe.
 */
public final class Parquet {
  private static final String ENDING = ".parquet";

  private Parquet() {}

  /** Reads a file whose columns are the components of two records; see the last one. */
  public static <I, O> Dataset<I, O> read(Path path, Class<I> input, Class<O> output) {
    return read(path, Signature.of(input, output, ""));
  }

  /** Reads a file whose columns are the signature's fields; see the last one. */
  public static <I, O> Dataset<I, O> read(Path path, Signature<I, O> signature) {
    return read(path, signature, Columns.asNamed());
  }

  /**
   * Reads a file, or all files of a folder whose names end with {@code .parquet}, in the order of
   * their names, as the parts of a data set are.
   *
   * @throws InvalidInputException if it cannot be read, is no Parquet file or one that is not read,
   *     or, as a {@link dev.hone.data.DatasetFormatException} with row and field, if rows do not
   *     fit or there is none
   */
  public static <I, O> Dataset<I, O> read(Path path, Signature<I, O> signature, Columns columns) {
    if (!Files.isDirectory(path)) {
      return file(path, signature, columns);
    }
    return parts(path).stream()
        .map(part -> file(part, signature, columns))
        .reduce(Dataset::concat)
        .orElseThrow(
            () ->
                InvalidInputException.of(
                    "The folder %s has no file that ends with %s".formatted(path, ENDING),
                    "name the file itself"));
  }

  private static <I, O> Dataset<I, O> file(Path file, Signature<I, O> signature, Columns columns) {
    DatasetBuilder<I, O> builder = DatasetBuilder.ofRows(file.toString(), signature, columns);
    ParquetRows.addAll(file, builder);
    return builder.build();
  }

  private static List<Path> parts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ENDING)).sorted().toList();
    } catch (IOException e) {
      throw new InvalidInputException(
          "Hone cannot list the folder %s: %s. Maybe check its permissions."
              .formatted(folder, e.getMessage()),
          e);
    }
  }
}
