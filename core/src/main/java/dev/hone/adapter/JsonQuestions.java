package dev.hone.adapter;

import dev.hone.adapter.Candidate.Asked;
import dev.hone.adapter.frame.InputSections;
import dev.hone.adapter.frame.Question;
import dev.hone.json.Json;
import dev.hone.json.JsonParts.Part;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The questions between the JSON objects of a reply, in the order of the text: sections of inputs,
 * turns of the user, objects with inputs, and inputs within an answer. Not thread-safe.
 */
final class JsonQuestions {
  private final Echoes echoes;
  private final InputSections sections;
  private @Nullable Question question;
  private boolean anew;
  private int end;

  JsonQuestions(String reply, PromptText prompt, Echoes echoes) {
    this.echoes = echoes;
    this.sections = InputSections.of(reply, prompt.names());
  }

  /** Notes an object that holds inputs only. */
  void ask(ObjectNode inputs) {
    question = new Question(texts(inputs));
    anew = true;
  }

  /** The candidate that an object is; objects are given in order. */
  Candidate candidate(ObjectNode object, Part part, Candidate.Values values) {
    Map<String, String> own = texts(object);
    Question before = own.isEmpty() ? sections.question(end, part.start()) : new Question(own);
    if (before != null) {
      question = before;
      anew = true;
    }
    Asked asked = echoes.asked(question, anew);
    Candidate candidate = Candidate.of(part.start(), part.end(), asked, anew, values);
    anew = false;
    end = part.end();
    return candidate;
  }

  private Map<String, String> texts(ObjectNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object
        .properties()
        .forEach(
            entry -> {
              String name = echoes.input(entry.getKey());
              if (name != null) {
                texts.put(name, text(entry.getValue()));
              }
            });
    return texts;
  }

  private static String text(JsonNode value) {
    return value.isString() || value.isNumber() || value.isBoolean()
        ? value.asString()
        : Json.write(value);
  }
}
