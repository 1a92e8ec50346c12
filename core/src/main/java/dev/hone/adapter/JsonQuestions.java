package dev.hone.adapter;

import dev.hone.adapter.Candidate.Asked;
import dev.hone.adapter.frame.InputSections;
import dev.hone.adapter.frame.Question;
import dev.hone.adapter.turn.PromptText;
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
  private final String reply;
  private final PromptText prompt;
  private @Nullable InputSections sections;
  private @Nullable Question question;
  private boolean anew;
  private int end;

  JsonQuestions(String reply, Echoes echoes) {
    this.echoes = echoes;
    this.reply = reply;
    this.prompt = echoes.text();
  }

  /** The sections and turns between objects; they are looked for once, and only if needed. */
  private InputSections sections() {
    InputSections found = sections;
    if (found == null) {
      found = InputSections.of(reply, prompt.names());
      sections = found;
    }
    return found;
  }

  /** Notes an object that holds inputs only. */
  void ask(ObjectNode inputs) {
    question = new Question(texts(inputs));
    anew = true;
  }

  /** The candidate that an object is; objects are given in order. */
  Candidate candidate(ObjectNode object, Part part, Candidate.Values values) {
    Map<String, String> own = texts(object);
    Question before = own.isEmpty() ? before(part) : new Question(own);
    if (before != null) {
      question = before;
      anew = true;
    }
    Asked asked = echoes.asked(question, anew);
    Candidate candidate = new Candidate(part.start(), part.end(), asked, anew, values);
    anew = false;
    end = part.end();
    return candidate;
  }

  /** The question between the object before and one; null where only white space is. */
  private @Nullable Question before(Part part) {
    for (int at = end; at < part.start(); at++) {
      if (!Character.isWhitespace(reply.charAt(at))) {
        return sections().question(end, part.start());
      }
    }
    return null;
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
