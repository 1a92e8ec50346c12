package dev.hone.datasets;

import dev.hone.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A row of HotPotQA in one form, whichever of the two its file has. */
final class HotPotQaRow {
  static final String CONTEXT = "context";
  static final String FACTS = "supporting_facts";
  static final String TITLE = "title";
  static final String SENTENCES = "sentences";
  private static final String SENTENCE = "sentence";

  private HotPotQaRow() {}

  static ObjectNode read(ObjectNode row) throws RowFault {
    RowFields.text(row, "question");
    RowFields.text(row, "answer");
    ObjectNode changed = Json.object();
    changed.setAll(row);
    JsonNode id = changed.remove("_id");
    if (id != null) {
      changed.set("id", id);
    }
    change(changed, CONTEXT, HotPotQaRow::context);
    change(changed, FACTS, HotPotQaRow::facts);
    return changed;
  }

  private interface Reading {
    ArrayNode read(JsonNode value) throws RowFault;
  }

  private static void change(ObjectNode row, String field, Reading reading) throws RowFault {
    JsonNode value = row.get(field);
    if (value != null && !value.isNull()) {
      row.set(field, reading.read(value));
    }
  }

  /** A title with what stands beside it, and where that is in the row. */
  private record Titled(String title, @Nullable JsonNode value, String path) {}

  private static ArrayNode context(JsonNode value) throws RowFault {
    ArrayNode passages = Json.array();
    for (Titled titled : titled(value, CONTEXT, SENTENCES, "[title, [sentences]]")) {
      ObjectNode passage = passages.addObject().put(TITLE, titled.title());
      RowFields.texts(titled.value(), titled.path()).forEach(passage.putArray(SENTENCES)::add);
    }
    return passages;
  }

  private static ArrayNode facts(JsonNode value) throws RowFault {
    ArrayNode facts = Json.array();
    for (Titled titled : titled(value, FACTS, "sent_id", "[title, sentence]")) {
      JsonNode sentence = titled.value();
      if (sentence == null || !sentence.isIntegralNumber()) {
        throw RowFields.unfit(titled.path(), sentence, "the number of a sentence");
      }
      facts.addObject().put(TITLE, titled.title()).set(SENTENCE, sentence);
    }
    return facts;
  }

  /** Titles with their values: a list of pairs, or a list of titles beside one of values. */
  private static List<Titled> titled(JsonNode value, String field, String column, String pairs)
      throws RowFault {
    List<Titled> all = new ArrayList<>();
    if (value.isObject()) {
      List<String> titles = RowFields.texts(value.get(TITLE), field + "." + TITLE);
      JsonNode values = RowFields.array(value.get(column), field + "." + column);
      requireAlike(field, titles.size(), values.size(), column);
      for (int i = 0; i < titles.size(); i++) {
        all.add(new Titled(titles.get(i), values.get(i), field + "." + column + at(i)));
      }
      return all;
    }
    for (JsonNode pair : RowFields.array(value, field)) {
      String path = field + at(all.size());
      requirePair(pair, path, pairs);
      all.add(new Titled(RowFields.text(pair.get(0), path + at(0)), pair.get(1), path + at(1)));
    }
    return all;
  }

  private static void requirePair(JsonNode value, String path, String expected) throws RowFault {
    if (!value.isArray() || value.size() != 2) {
      throw RowFields.unfit(path, value, expected);
    }
  }

  private static void requireAlike(String field, int titles, int others, String name)
      throws RowFault {
    if (titles != others) {
      throw new RowFault(
          field,
          "found %d of title and %d of %s, expected as many. Maybe the row was cut off."
              .formatted(titles, others, name));
    }
  }

  private static String at(int index) {
    return "[" + index + "]";
  }
}
