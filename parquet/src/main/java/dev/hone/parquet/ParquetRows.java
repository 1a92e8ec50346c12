package dev.hone.parquet;

import dev.hone.InvalidInputException;
import dev.hone.data.DatasetBuilder;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The rows of one file, a row group after the other. */
final class ParquetRows {
  /** The key under which the hub's library keeps the features of its columns. */
  private static final String FEATURES = "huggingface";

  private static final int SHOWN = 200;

  private final Path file;
  private final DatasetBuilder<?, ?> builder;
  private int row;

  private ParquetRows(Path file, DatasetBuilder<?, ?> builder) {
    this.file = file;
    this.builder = builder;
  }

  /** Adds all rows of a file to a dataset. */
  static void addAll(Path file, DatasetBuilder<?, ?> builder) {
    if (!Files.exists(file)) {
      throw InvalidInputException.of(
          "There is no file " + file,
          "give its absolute path; this process runs in " + Path.of("").toAbsolutePath());
    }
    new ParquetRows(file, builder).read();
  }

  private void read() {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new PageCodecs())
            .build();
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
      FileMetaData meta = reader.getFileMetaData();
      nameClasses(meta.getKeyValueMetaData().get(FEATURES));
      MessageColumnIO columns = new ColumnIOFactory().getColumnIO(meta.getSchema());
      PageReadStore group = reader.readNextRowGroup();
      while (group != null) {
        add(columns, meta.getSchema(), group);
        group = reader.readNextRowGroup();
      }
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable(e);
    }
  }

  private void add(MessageColumnIO columns, MessageType schema, PageReadStore group) {
    RecordReader<Group> records = columns.getRecordReader(group, new GroupRecordConverter(schema));
    for (long i = 0; i < group.getRowCount(); i++) {
      builder.add(++row, GroupJson.object(records.read()));
    }
  }

  /** Has the numbers of class labels read as their names, where the file knows them. */
  private void nameClasses(@Nullable String features) {
    if (features == null) {
      return;
    }
    try {
      JsonNode columns = Json.parse(features).path("info").path("features");
      columns
          .properties()
          .forEach(
              column -> {
                if (column.getValue().path("_type").asString("").equals("ClassLabel")) {
                  List<String> names = new ArrayList<>();
                  column.getValue().path("names").forEach(name -> names.add(name.asString()));
                  builder.classNames(column.getKey(), names);
                }
              });
    } catch (JacksonException e) {
      builder.addFault(
          0,
          "",
          "the features of its columns are not JSON: %s. Maybe write the file anew."
              .formatted(Json.problem(e)));
    }
  }

  private InvalidInputException unreadable(Exception error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String problem = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new InvalidInputException(
        "Hone cannot read %s after row %d: %s. Maybe it was cut off, or is no Parquet file."
            .formatted(file, row, Excerpt.ofLine(problem, SHOWN)),
        error);
  }
}
