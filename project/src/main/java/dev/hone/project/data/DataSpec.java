package dev.hone.project.data;

import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import dev.hone.signature.Signature;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data of a project file: where it is, and what is said of how it is written.
 *
 * @param file the file, if one is said; relative to the folder of the project file
 * @param test the file of the test rows, where they are apart
 * @param said changes a format that was found into what is said of it
 * @param fieldByColumn the columns that have another name than their field
 */
public record DataSpec(
    Optional<Path> file,
    Optional<Path> test,
    UnaryOperator<DataFormat> said,
    Map<String, String> fieldByColumn) {
  /** The keys of data that is a map. */
  public static final List<String> KEYS =
      List.of(
          "file",
          "test",
          "format",
          "separator",
          "encoding",
          "decimal comma",
          "date format",
          "columns");

  private static final Map<String, Character> SEPARATORS =
      Map.of("comma", ',', "semicolon", ';', "tab", '\t', "pipe", '|');

  /** Copies the map. */
  public DataSpec {
    fieldByColumn = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fieldByColumn));
  }

  /** No data. */
  public static DataSpec none() {
    return new DataSpec(Optional.empty(), Optional.empty(), format -> format, Map.of());
  }

  /** Reads a path, or a map of keys. */
  public static DataSpec read(YamlNode node, String path, Problems problems) {
    if (node.isScalar()) {
      return new DataSpec(file(node, path, problems), Optional.empty(), format -> format, Map.of());
    }
    YamlMap map = YamlMap.of(node, path, problems, KEYS);
    Optional<Path> file = map.get("file").flatMap(one -> file(one, map.path("file"), problems));
    if (node.isMap() && !map.has("file")) {
      problems.add(node, path, "no file", "the key file", "write file: tickets.csv");
    }
    Optional<Path> test = map.get("test").flatMap(one -> file(one, map.path("test"), problems));
    return new DataSpec(file, test, said(map), columns(map));
  }

  private static Optional<Path> file(YamlNode node, String path, Problems problems) {
    return YamlMap.text(node, path, problems)
        .flatMap(
            text -> {
              try {
                return Optional.of(Path.of(text));
              } catch (InvalidPathException e) {
                problems.add(node, path, "the path of a file", "write data: tickets.csv");
                return Optional.empty();
              }
            });
  }

  private static Map<String, String> columns(YamlMap map) {
    Map<String, String> fieldByColumn = new LinkedHashMap<>();
    Optional<YamlNode> columns = map.get("columns");
    if (columns.isPresent() && !columns.get().isMap()) {
      map.problem("columns", "columns with their fields", "write { Ticket text: text }");
    } else if (columns.isPresent()) {
      columns
          .get()
          .entries()
          .forEach(
              entry ->
                  YamlMap.text(entry.value(), map.path("columns"), map.problems())
                      .ifPresent(field -> fieldByColumn.put(entry.key(), field)));
    }
    return fieldByColumn;
  }

  private static UnaryOperator<DataFormat> said(YamlMap map) {
    Optional<DataFormat.Kind> kind = kind(map);
    Optional<Character> separator = separator(map);
    Optional<Charset> encoding = encoding(map);
    Optional<Boolean> comma = map.truth("decimal comma");
    Optional<String> dates = map.text("date format").filter(text -> isPattern(map, text));
    return found -> {
      DataFormat format = kind.map(found::withKind).orElse(found);
      format = separator.map(format::withSeparator).orElse(format);
      format = encoding.map(format::withEncoding).orElse(format);
      format = comma.map(format::withDecimalComma).orElse(format);
      return dates.map(format::withDatePattern).orElse(format);
    };
  }

  private static boolean isPattern(YamlMap map, String pattern) {
    return map.problems()
            .made(
                map.get("date format").orElse(map.node()),
                map.path("date format"),
                () -> DataFormat.csv().withDatePattern(pattern))
        != null;
  }

  private static Optional<DataFormat.Kind> kind(YamlMap map) {
    Optional<String> word = map.text("format");
    if (word.isEmpty()) {
      return Optional.empty();
    }
    return switch (word.get().toLowerCase(Locale.ROOT).replaceAll("[ _-]", "")) {
      case "csv", "tsv", "table" -> Optional.of(DataFormat.Kind.CSV);
      case "jsonl", "jsonlines", "ndjson" -> Optional.of(DataFormat.Kind.JSONL);
      default -> {
        map.problem("format", "csv or jsonl", "leave it out; it is found by the file");
        yield Optional.empty();
      }
    };
  }

  private static Optional<Character> separator(YamlMap map) {
    Optional<YamlNode> node = map.get("separator");
    if (node.isEmpty() || !node.get().isScalar()) {
      node.ifPresent(one -> map.problem("separator", "one sign, or its name", "write \";\""));
      return Optional.empty();
    }
    String text = node.get().text();
    Character named = SEPARATORS.get(text.strip().toLowerCase(Locale.ROOT));
    if (named != null) {
      return Optional.of(named);
    }
    String sign = text.equals("\\t") ? "\t" : text;
    if (sign.length() != 1 || Character.isLetterOrDigit(sign.charAt(0)) || sign.equals("\"")) {
      map.problem(
          "separator", "one sign, or comma, semicolon, tab, pipe", "write separator: semicolon");
      return Optional.empty();
    }
    return Optional.of(sign.charAt(0));
  }

  private static Optional<Charset> encoding(YamlMap map) {
    Optional<String> name = map.text("encoding");
    try {
      return name.map(Charset::forName);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      map.problem("encoding", "the name of an encoding", "write encoding: UTF-8, or Windows-1252");
      return Optional.empty();
    }
  }

  /**
   * How a file is written: as found, changed by what is said.
   *
   * @throws dev.hone.InvalidInputException if it cannot be read, or is no text
   */
  public DataFormat format(Path resolved) {
    return said.apply(DataFormat.sniff(resolved));
  }

  /**
   * The rows of a file.
   *
   * @throws dev.hone.InvalidInputException if it cannot be read, or rows do not fit
   */
  public Dataset<ObjectNode, ObjectNode> rows(
      Path resolved, Signature<ObjectNode, ObjectNode> signature, Columns columns) {
    DataFormat format = format(resolved);
    return format.kind() == DataFormat.Kind.CSV
        ? Dataset.ofCsv(format.source(resolved), signature, format.columns(columns))
        : Dataset.ofJsonl(format.source(resolved), signature, format.columns(columns));
  }
}
