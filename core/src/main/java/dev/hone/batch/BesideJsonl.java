package dev.hone.batch;

import dev.hone.data.RowStream;
import dev.hone.data.RowStream.Row;
import dev.hone.file.RowFile;
import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * JSON lines: the outputs are further keys of a row's object, and {@code hone_error} is one where
 * there is an error. A line that is no object is a text of one, {@code hone_line}.
 */
final class BesideJsonl<I, O> extends BesideFormat<I, O> {
  private static final String LINE = "hone_line";

  BesideJsonl(RowsToAnswer<I, O> source, RowStream<I, O> rows) {
    super(source, rows);
  }

  @Override
  List<String> head() {
    return List.of();
  }

  @Override
  String beside(String begin, ObjectNode values, String error) {
    List<String> names = freeNames(takenIn(begin));
    boolean spaced = begin.contains("\": ");
    StringBuilder row = new StringBuilder(begin);
    for (int i = 0; i < names.size(); i++) {
      boolean isError = i == outputs.size();
      JsonNode value = isError ? StringNode.valueOf(error) : values.get(outputs.get(i).name());
      if (value != null && !(isError && error.isEmpty())) {
        row.append(row.length() == 1 ? "" : spaced ? ", " : ",");
        row.append(Json.write(StringNode.valueOf(names.get(i)))).append(spaced ? ": " : ":");
        row.append(encodable(Json.write(value)));
      }
    }
    return row.append('}').toString();
  }

  /** The keys of a row that are those of an output or the error. */
  private List<String> takenIn(String begin) {
    boolean any =
        begin.contains("\"" + ERROR)
            || outputs.stream().anyMatch(output -> begin.contains("\"" + output.name() + "\""));
    return any ? keys(begin + "}") : List.of();
  }

  @Override
  String begin(String text, boolean readable) {
    String row = text.strip();
    if (readable || object(row).isPresent()) {
      return row.substring(0, row.length() - 1).stripTrailing();
    }
    return "{\"" + LINE + "\":" + encodable(Json.write(StringNode.valueOf(text)));
  }

  /** A number goes on where nothing ends it: 125 is not what 1250 begins with. */
  @Override
  boolean begins(String text, String begin) {
    int end = begin.length();
    return text.startsWith(begin)
        && (begin.equals("{") || text.length() == end || ",}".indexOf(text.charAt(end)) >= 0);
  }

  /** Behind the keys of the row are those of the outputs only, and none of another row. */
  @Override
  boolean isOf(RowFile file, String text, Written written, Row<I, O> row) {
    String begin = beginning(row);
    List<String> own = keys(begin + "}");
    List<String> all = keys(text);
    return begins(text, file.asWritten(begin))
        && all.size() >= own.size()
        && freeNames(takenIn(begin)).containsAll(all.subList(own.size(), all.size()));
  }

  private static List<String> keys(String text) {
    return object(text).map(row -> List.copyOf(row.propertyNames())).orElse(List.of());
  }

  private static Optional<ObjectNode> object(String text) {
    try {
      return Json.parse(text) instanceof ObjectNode row ? Optional.of(row) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  @Override
  Optional<Written> read(String text) {
    return object(text).map(this::written);
  }

  private Written written(ObjectNode row) {
    List<String> keys = new ArrayList<>(row.propertyNames());
    String last = keys.isEmpty() ? "" : keys.get(keys.size() - 1);
    JsonNode error = last.startsWith(ERROR) ? row.get(last) : null;
    boolean complete = outputs.stream().allMatch(output -> row.has(output.name()));
    return written(error != null && error.isString() ? error.stringValue() : "", complete);
  }
}
