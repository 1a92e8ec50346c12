package dev.hone.datasets;

import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.DatasetBuilder;
import dev.hone.data.Source;
import dev.hone.signature.Signature;
import java.nio.file.Path;

/**
 * Reads JSON as the Hugging Face hub and its library export it: an array of objects, an object per
 * line, or the pages of the data set viewer ({@code {"features": [...], "rows": [{"row_idx": 0,
 * "row": {...}}]}}), where numbers of class labels become their names, and rows with cells that the
 * viewer has cut are faults. Which of the three a file is, is found by its beginning. The file is
 * held in memory. Parquet files are read by the module {@code hone-parquet}.
 */
public final class HuggingFace {
  private HuggingFace() {}

  /** Reads a file whose columns are the components of two records; see the last one. */
  public static <I, O> Dataset<I, O> json(Path file, Class<I> input, Class<O> output) {
    return json(file, Signature.of(input, output, ""));
  }

  /** Reads a file whose columns are the signature's fields; see the last one. */
  public static <I, O> Dataset<I, O> json(Path file, Signature<I, O> signature) {
    return json(file, signature, Columns.asNamed());
  }

  /** Reads a file; see the last one. */
  public static <I, O> Dataset<I, O> json(Path file, Signature<I, O> signature, Columns columns) {
    return json(Source.of(file), signature, columns);
  }

  /**
   * Reads rows by the rules of {@link Columns}: columns that are no field are carried along as
   * extras.
   *
   * @throws dev.hone.InvalidInputException if it cannot be read, or, as a {@link
   *     dev.hone.data.DatasetFormatException} with line and field, if rows do not fit or there is
   *     none
   */
  public static <I, O> Dataset<I, O> json(
      Source source, Signature<I, O> signature, Columns columns) {
    DatasetBuilder<I, O> builder = DatasetBuilder.of(source.name(), signature, columns);
    JsonRows.addAll(source, builder, row -> row);
    return builder.build();
  }
}
