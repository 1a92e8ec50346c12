package dev.hone.datasets;

import dev.hone.json.Json;
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

  private static ArrayNode context(JsonNode value) throws RowFault {
    ArrayNode passages = Json.array();
    if (value.isObject()) {
      List<String> titles = RowFields.texts(value.get(TITLE), CONTEXT + "." + TITLE);
      JsonNode all = RowFields.array(value.get(SENTENCES), CONTEXT + "." + SENTENCES);
      requireAlike(CONTEXT, titles.size(), all.size(), SENTENCES);
      for (int i = 0; i < titles.size(); i++) {
        passages.add(passage(titles.get(i), all.get(i), CONTEXT + "." + SENTENCES + at(i)));
      }
      return passages;
    }
    for (JsonNode pair : RowFields.array(value, CONTEXT)) {
      String path = CONTEXT + at(passages.size());
      requirePair(pair, path, "[title, [sentences]]");
      passages.add(passage(RowFields.text(pair.get(0), path + at(0)), pair.get(1), path + at(1)));
    }
    return passages;
  }

  private static ObjectNode passage(String title, @Nullable JsonNode sentences, String path)
      throws RowFault {
    ObjectNode passage = Json.object().put(TITLE, title);
    RowFields.texts(sentences, path).forEach(passage.putArray(SENTENCES)::add);
    return passage;
  }

  private static ArrayNode facts(JsonNode value) throws RowFault {
    ArrayNode facts = Json.array();
    if (value.isObject()) {
      List<String> titles = RowFields.texts(value.get(TITLE), FACTS + "." + TITLE);
      JsonNode sentences = RowFields.array(value.get("sent_id"), FACTS + ".sent_id");
      requireAlike(FACTS, titles.size(), sentences.size(), "sent_id");
      for (int i = 0; i < titles.size(); i++) {
        facts.add(fact(titles.get(i), sentences.get(i), FACTS + ".sent_id" + at(i)));
      }
      return facts;
    }
    for (JsonNode pair : RowFields.array(value, FACTS)) {
      String path = FACTS + at(facts.size());
      requirePair(pair, path, "[title, sentence]");
      facts.add(fact(RowFields.text(pair.get(0), path + at(0)), pair.get(1), path + at(1)));
    }
    return facts;
  }

  private static ObjectNode fact(String title, @Nullable JsonNode sentence, String path)
      throws RowFault {
    if (sentence == null || !sentence.isIntegralNumber()) {
      throw RowFields.unfit(path, sentence, "the number of a sentence");
    }
    ObjectNode fact = Json.object().put(TITLE, title);
    fact.set(SENTENCE, sentence);
    return fact;
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
