package dev.hone.local;

import dev.hone.json.Json;
import dev.hone.local.PromptContext.ParsedDemo;
import dev.hone.text.Excerpt;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Answers every field that a prompt asks for, each by its type. */
final class AnswerComposer {
  private static final ParsedField ANSWER = ParsedField.of("answer", new ParsedType.Text());

  /** The most items that a list of texts has, unless its limits ask for more. */
  private static final int MOST_TEXTS = 5;

  private static final int LONGEST_FILLER = 10_000;

  private final ValueAnswerer values;
  private final TextComposer texts;
  private final SentenceChoice sentences;
  private final SpanChoice spans;
  private final NearestDemo nearest;
  private final ScalarAnswerer scalars;

  AnswerComposer(SentenceEmbedder embedder) {
    this.values = new ValueAnswerer(embedder);
    this.texts = new TextComposer(embedder);
    this.sentences = new SentenceChoice(embedder);
    this.spans = new SpanChoice(embedder);
    this.nearest = new NearestDemo(embedder);
    this.scalars = new ScalarAnswerer(nearest);
  }

  /** The answers by field; one text called {@code answer} if the prompt has no known layout. */
  ObjectNode answers(ParsedPrompt prompt, SamplingNoise noise) {
    List<ParsedField> fields = prompt.context().outputs();
    return answers(fields.isEmpty() ? List.of(ANSWER) : fields, prompt, noise);
  }

  private ObjectNode answers(List<ParsedField> fields, ParsedPrompt prompt, SamplingNoise noise) {
    ObjectNode answers = Json.object();
    for (ParsedField field : fields) {
      answers.set(field.name(), answer(field, prompt, noise.of(field.name())));
    }
    return answers;
  }

  private JsonNode answer(ParsedField field, ParsedPrompt prompt, SamplingNoise noise) {
    ParsedType type = field.type().present();
    if (type instanceof ParsedType.Choice choice) {
      return orNull(values.one(field, choice.allowed(), prompt, noise).map(StringNode::valueOf));
    }
    if (type instanceof ParsedType.Bool) {
      Optional<String> answer = values.falseOrTrue(field, prompt, noise);
      return orNull(answer.map("true"::equals).map(BooleanNode::valueOf));
    }
    if (type instanceof ParsedType.ListOf list && list.item() instanceof ParsedType.Choice choice) {
      return array(values.many(field, choice.allowed(), prompt, noise));
    }
    if (type instanceof ParsedType.Numeric || type instanceof ParsedType.Temporal) {
      return scalars.answer(field, prompt);
    }
    if (field.type().isOptional()) {
      Optional<JsonNode> like = nearest.value(field, prompt);
      boolean free = type instanceof ParsedType.Text || type instanceof ParsedType.Any;
      if (like.isEmpty() && free) {
        return orNull(NamedSpan.find(field, prompt.inputText()).map(StringNode::valueOf));
      }
      if (like.filter(JsonNode::isNull).isPresent()) {
        return NullNode.getInstance();
      }
    }
    return rest(field, type, prompt, noise);
  }

  private static JsonNode orNull(Optional<? extends JsonNode> answer) {
    return answer.isPresent() ? answer.get() : NullNode.getInstance();
  }

  private JsonNode rest(
      ParsedField field, ParsedType type, ParsedPrompt prompt, SamplingNoise noise) {
    if (type instanceof ParsedType.Text) {
      return StringNode.valueOf(text(field, prompt, noise));
    }
    if (type instanceof ParsedType.ObjectOf object) {
      return answers(field.parts(object), prompt.inside(field.name()), noise);
    }
    return nearest.value(field, prompt).orElseGet(() -> unseen(field, type, prompt, noise));
  }

  /** A value of a type for which there is no demo. */
  private JsonNode unseen(
      ParsedField field, ParsedType type, ParsedPrompt prompt, SamplingNoise noise) {
    if (type instanceof ParsedType.ListOf list) {
      return list(field, list, prompt, noise);
    }
    if (type instanceof ParsedType.MapOf map) {
      ObjectNode entries = Json.object();
      map.keysOfTexts()
          .forEach(
              key -> {
                ParsedField entry = ParsedField.of(key, new ParsedType.Text());
                entries.put(key, texts.compose(entry, prompt, noise.of(key)));
              });
      return entries;
    }
    return StringNode.valueOf(texts.compose(field, prompt, noise));
  }

  /** Words of the input, if the list takes them; else as many items as there must be. */
  private ArrayNode list(
      ParsedField field, ParsedType.ListOf list, ParsedPrompt prompt, SamplingNoise noise) {
    if (list.item().present() instanceof ParsedType.Text) {
      List<String> words = TextTokens.content(prompt.inputText()).distinct().toList();
      int count = field.limits().clampSize(Math.min(MOST_TEXTS, words.size()));
      return array(words.subList(0, Math.min(count, words.size())));
    }
    ArrayNode items = Json.array();
    ParsedField item = ParsedField.of(field.name(), list.item());
    for (int i = 0; i < Math.min(field.limits().minSize(), MOST_TEXTS); i++) {
      items.add(answer(item, prompt, noise.of(String.valueOf(i))));
    }
    return items;
  }

  private static ArrayNode array(Collection<String> values) {
    ArrayNode array = Json.array();
    values.forEach(array::add);
    return array;
  }

  /** A text within its limits. */
  private String text(ParsedField field, ParsedPrompt prompt, SamplingNoise noise) {
    String text = unlimited(field, prompt, noise);
    StringBuilder filled = new StringBuilder(Excerpt.prefix(text, field.limits().maxSize()));
    while (filled.length() < Math.min(field.limits().minSize(), LONGEST_FILLER)) {
      filled.append('.');
    }
    return filled.toString();
  }

  /**
   * One of the demos' texts if these recur; if they quote sentences or pieces of their inputs, what
   * they would quote of this one; if they do not, the text of the nearest demo; without demos, a
   * new one.
   */
  private String unlimited(ParsedField field, ParsedPrompt prompt, SamplingNoise noise) {
    List<String> labels = recurring(field, prompt.context().demos());
    if (!labels.isEmpty()) {
      return values.one(field, labels, prompt, noise).orElse(labels.get(0));
    }
    return sentences
        .text(field, prompt, noise)
        .or(() -> spans.text(field, prompt, noise))
        .or(
            () ->
                nearest.value(field, prompt).filter(JsonNode::isString).map(JsonNode::stringValue))
        .orElseGet(() -> texts.compose(field, prompt, noise));
  }

  /**
   * The texts that demos have in a field, if they are labels: half of them at most are distinct.
   */
  private static List<String> recurring(ParsedField field, List<ParsedDemo> demos) {
    List<String> all = new ArrayList<>();
    for (ParsedDemo demo : demos) {
      JsonNode value = demo.output().get(field.name());
      if (value != null && value.isString()) {
        all.add(value.stringValue());
      }
    }
    Set<String> distinct = new LinkedHashSet<>(all);
    return 2 * distinct.size() <= all.size() ? List.copyOf(distinct) : List.of();
  }
}
