package dev.hone.data;

import dev.hone.file.RecordReader;
import dev.hone.file.RecordReader.TextRecord;
import dev.hone.json.Json;
import dev.hone.signature.Signature;
import dev.hone.text.Excerpt;
import java.io.Reader;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON lines: an object per line, whose keys are the fields of both sides. */
final class JsonlReader<I, O> implements RowStream.RowFormat<I, O> {
  private static final int SHOWN_CHARS = 60;
  private static final Pattern TOKEN =
      Pattern.compile("(?:Non-standard|Unrecognized) token '([^']{1,20})'");
  private static final Pattern ADVICE = Pattern.compile("[:;,(]?[^:;,(]*\\w+Feature\\b.*");
  private static final Set<String> FOREIGN =
      Set.of("nan", "infinity", "inf", "none", "undefined", "true", "false", "na", "nil", "null");

  private final RowReader<I, O> rows;

  JsonlReader(Source source, Signature<I, O> signature, Columns columns) {
    this.rows = new RowReader<>(source.name(), signature, columns);
  }

  @Override
  public RowReader<I, O> rows() {
    return rows;
  }

  @Override
  public RecordReader records(Reader text) {
    return RecordReader.ofLines(text);
  }

  @Override
  public Optional<Example<I, O>> example(TextRecord line) {
    return line.text().isBlank()
        ? Optional.empty()
        : Optional.of(rows.example(line.line(), parse(line)));
  }

  private ObjectNode parse(TextRecord record) {
    rows.requireSize(
        record.line(),
        "",
        "the line",
        record.chars(),
        "write the file as JSON Lines, an object per line, or cut long texts");
    return parse(record.line(), record.text());
  }

  private ObjectNode parse(int number, String line) {
    JsonNode node;
    try {
      node = Json.parse(line);
    } catch (JacksonException e) {
      throw notJson(number, line, e);
    }
    if (node instanceof ObjectNode object) {
      requireOneRow(number, object);
      return object;
    }
    throw rows.fail(
        number,
        "",
        ("found %s, expected one JSON object with %s. Maybe write the file as JSON Lines, an"
                + " object per line.")
            .formatted(Excerpt.beginning(line.strip(), SHOWN_CHARS), rows.names()));
  }

  /** Refuses what data frames write by default: a whole table, column by column. */
  private void requireOneRow(int number, ObjectNode object) {
    boolean columns =
        !object.isEmpty()
            && object
                .valueStream()
                .allMatch(column -> column.isObject() && column.path("0").isValueNode());
    if (columns) {
      throw rows.fail(
          number,
          "",
          "found a table by columns, expected an object per row. Maybe pandas wrote it; write it with"
              + " to_json(path, orient=\"records\", lines=True).");
    }
  }

  private DatasetFormatException notJson(int number, String line, JacksonException error) {
    int column = error.getLocation() == null ? 1 : error.getLocation().getColumnNr();
    String where = column > 0 ? "column %d: ".formatted(column) : "";
    Matcher token = TOKEN.matcher(String.valueOf(error.getOriginalMessage()));
    String word = token.find() ? word(token.group(1)) : "";
    return rows.fail(
        number,
        "",
        word.isEmpty()
            ? "%snot a JSON value: %s. Maybe %s."
                .formatted(where, problem(error), likely(line, error))
            : "%s%s is no JSON; write %s.".formatted(where, word, instead(word)));
  }

  /** What a foreign word is to be replaced by. */
  private static String instead(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? lower : "null, or leave the row out";
  }

  /** A word of another language than JSON, as the line has it; empty if it is not known. */
  private static String word(String token) {
    String bare = token.startsWith("-") || token.startsWith("+") ? token.substring(1) : token;
    return FOREIGN.contains(bare.toLowerCase(Locale.ROOT)) ? token : "";
  }

  /** What the parser found wrong, without the settings that it advises. */
  private static String problem(JacksonException error) {
    return ADVICE.matcher(Json.problem(error)).replaceAll("");
  }

  private static String likely(String line, JacksonException error) {
    String text = line.strip();
    if (error instanceof StreamConstraintsException || problem(error).startsWith("a number ")) {
      return "write it as a text, or leave it out";
    } else if (String.valueOf(error.getOriginalMessage()).startsWith("Duplicate ")) {
      return "rename or remove one of them";
    }
    if (text.equals("[") || text.equals("{")) {
      return "write the file as JSON Lines, an object per line";
    } else if (text.startsWith("{'")) {
      return "Python printed it; write it with json.dumps, which quotes as JSON does";
    }
    return "a quote, comma or brace is missing, or the line was cut off";
  }
}
