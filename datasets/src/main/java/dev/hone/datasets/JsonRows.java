package dev.hone.datasets;

import dev.hone.data.DatasetBuilder;
import dev.hone.data.Source;
import dev.hone.json.Json;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a JSON file in any of three forms, with their lines: an array of objects, an object
 * per line, and what the hub's viewer exports: {@code {"features": [...], "rows": [{"row": {...}},
 * ...]}}.
 */
final class JsonRows {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final int SHOWN = 60;

  private final String text;
  private final DatasetBuilder<?, ?> builder;
  private final Change change;

  /** Makes a row of the signature's columns of a row of the file. */
  interface Change {
    ObjectNode apply(ObjectNode row) throws RowFault;
  }

  private JsonRows(String text, DatasetBuilder<?, ?> builder, Change change) {
    this.text = text;
    this.builder = builder;
    this.change = change;
  }

  /** Adds all rows of a source to a dataset, and what is wrong with them. */
  static void addAll(Source source, DatasetBuilder<?, ?> builder, Change change) {
    new JsonRows(source.text(), builder, change).read();
  }

  private void read() {
    List<String> begin = text.lines().filter(line -> !line.isBlank()).limit(2).toList();
    if (!begin.isEmpty() && begin.get(0).stripLeading().startsWith("[")) {
      whole(this::array);
    } else if (isWhole(begin)) {
      whole(this::export);
    } else {
      lines();
    }
  }

  /** Has the numbers of class labels read as their names. */
  private void nameClasses(JsonNode features) {
    for (JsonNode feature : features) {
      JsonNode type = feature.path("type");
      if (type.path("_type").asString("").equals("ClassLabel")) {
        List<String> names = new ArrayList<>();
        type.path("names").forEach(name -> names.add(name.asString()));
        builder.classNames(feature.path("name").asString(""), names);
      }
    }
  }

  /** Whether a file is one object, not an object per line, by its first two lines. */
  private static boolean isWhole(List<String> begin) {
    if (begin.isEmpty() || !begin.get(0).stripLeading().startsWith("{")) {
      return false;
    }
    boolean alone = begin.size() == 1;
    try {
      JsonNode first = Json.parse(begin.get(0));
      return alone && (first.path("rows").isArray() || isTable(first));
    } catch (JacksonException e) {
      return !alone && !begin.get(1).stripLeading().startsWith("{");
    }
  }

  /** Whether it is a table by columns, as objects by number or as several lists of one length. */
  private static boolean isTable(JsonNode object) {
    boolean lists = object.size() > 1 && object.valueStream().allMatch(JsonNode::isArray);
    boolean numbered = object.valueStream().allMatch(column -> column.path("0").isValueNode());
    return (numbered && !object.isEmpty())
        || (lists && object.valueStream().mapToInt(JsonNode::size).distinct().count() == 1);
  }

  private interface Reading {
    void read(JsonParser parser);
  }

  /** Reads the file as one value, which ends where it is broken. */
  private void whole(Reading reading) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      reading.read(parser);
      if (parser.nextToken() != null) {
        fault(
            parser.currentTokenLocation().getLineNr(),
            "there is more after the end of the rows. Maybe two files were joined.");
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      fault(line, "not JSON: %s. Maybe the file was cut off.".formatted(Json.problem(e)));
    }
  }

  /** The objects of the array at which a parser stands. */
  private void array(JsonParser parser) {
    JsonToken token = parser.nextToken();
    while (token != null && token != JsonToken.END_ARRAY) {
      int line = parser.currentTokenLocation().getLineNr();
      if (token == JsonToken.START_OBJECT) {
        add(line, element(parser));
      } else {
        parser.skipChildren();
        fault(line, "found %s, expected an object per row.".formatted(name(token)));
      }
      token = parser.nextToken();
    }
  }

  private String element(JsonParser parser) {
    long from = parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    return text.substring((int) from, (int) parser.currentLocation().getCharOffset());
  }

  private static String name(JsonToken token) {
    return token == JsonToken.START_ARRAY ? "a list" : "a single value";
  }

  private void export(JsonParser parser) {
    boolean rows = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("features") && value == JsonToken.START_ARRAY) {
        nameClasses(Json.parse(element(parser)));
      } else if (name.equals("rows") && value == JsonToken.START_ARRAY) {
        rows = true;
        array(parser);
      } else {
        parser.skipChildren();
      }
    }
    if (!rows) {
      fault(
          1,
          "found one object without \"rows\", expected an array of rows, a row per line, or"
              + " {\"rows\": [...]}. Maybe pandas wrote it; write it with to_json(path,"
              + " orient=\"records\").");
    }
  }

  private void lines() {
    int number = 0;
    for (String line : text.split("\r\n|\n|\r", -1)) {
      number++;
      if (!line.isBlank()) {
        add(number, line);
      }
    }
  }

  private void add(int line, String json) {
    try {
      JsonNode node = Json.parse(json);
      if (!(node instanceof ObjectNode object)) {
        fault(line, "found %s, expected an object per row.".formatted(shown(json)));
        return;
      }
      builder.add(line, change.apply(plain(object)));
    } catch (JacksonException e) {
      fault(line, "not JSON: %s. Maybe the file was cut off.".formatted(Json.problem(e)));
    } catch (RowFault e) {
      builder.addFault(line, e.field(), e.problem());
    }
  }

  /** The row itself, where it is wrapped as in the viewer's export. */
  private ObjectNode plain(ObjectNode object) throws RowFault {
    if (!(object.get("row") instanceof ObjectNode row) || !object.has("row_idx")) {
      return object;
    }
    List<String> cut = new ArrayList<>();
    object.path("truncated_cells").forEach(cell -> cut.add(cell.asString()));
    if (!cut.isEmpty()) {
      throw new RowFault(
          cut.get(0),
          "the export has cut this cell. Maybe download the file itself instead of its preview.");
    }
    return row;
  }

  private static String shown(String json) {
    return Excerpt.ofLine(json, SHOWN);
  }

  private void fault(int line, String problem) {
    builder.addFault(line, "", problem);
  }
}
