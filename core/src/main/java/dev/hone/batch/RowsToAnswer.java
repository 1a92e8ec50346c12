package dev.hone.batch;

import dev.hone.SettingCheck;
import dev.hone.data.Columns;
import dev.hone.data.RowStream;
import dev.hone.data.Source;
import dev.hone.data.format.FileFormat;
import dev.hone.signature.Signature;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a file or a stream whose answers are to be written beside them, in the format in which
 * they are read. Immutable; the rows of a stream are read once.
 *
 * @param <I> what the program takes
 * @param <O> what it returns
 */
public final class RowsToAnswer<I, O> {
  private final @Nullable Path file;
  private final Source source;
  private final FileFormat format;
  private final Signature<I, O> signature;
  private final Columns columns;

  private RowsToAnswer(
      @Nullable Path file,
      Source source,
      FileFormat format,
      Signature<I, O> signature,
      Columns columns) {
    this.file = file;
    this.source = SettingCheck.given("source", source);
    this.format = SettingCheck.given("format", format);
    this.signature = SettingCheck.given("signature", signature);
    this.columns = SettingCheck.given("columns", columns);
  }

  /**
   * The rows of a file.
   *
   * @param signature the fields of the program's input and output
   */
  public static <I, O> RowsToAnswer<I, O> of(
      Path file, FileFormat format, Signature<I, O> signature) {
    return new RowsToAnswer<>(file, Source.of(file), format, signature, Columns.asNamed());
  }

  /** The rows of a source, such as standard input. */
  public static <I, O> RowsToAnswer<I, O> of(
      Source source, FileFormat format, Signature<I, O> signature) {
    return new RowsToAnswer<>(null, source, format, signature, Columns.asNamed());
  }

  /** A copy with how the columns are the input's fields; output fields that are there stay. */
  public RowsToAnswer<I, O> columns(Columns value) {
    return new RowsToAnswer<>(file, source, format, signature, value);
  }

  FileFormat format() {
    return format;
  }

  Signature<I, O> signature() {
    return signature;
  }

  /** The file; empty for another source. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  String name() {
    return source.name();
  }

  RowStream<I, O> open() {
    Source decoded = source.in(format.encoding());
    Columns inputs = columns.inputsOnly().withCells(format.cells());
    return format.isCsv()
        ? RowStream.ofCsv(decoded, signature, inputs)
        : RowStream.ofJsonl(decoded, signature, inputs);
  }

  /** One line, such as {@code RowsToAnswer[new.csv, FileFormat[...]]}. */
  @Override
  public String toString() {
    return "RowsToAnswer[%s, %s]".formatted(source.name(), format);
  }
}
