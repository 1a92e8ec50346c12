package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.json.Json;
import dev.hone.local.AgentEpisode.Step;
import dev.hone.local.AgentReader.AgentPrompt;
import dev.hone.local.ArgumentChooser.Blank;
import dev.hone.local.PromptContext.ParsedDemo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a text as demos do that take a piece out of an input, such as a name: as an agent that was
 * asked the other inputs, was shown that one, and now answers by an {@link ArgumentChooser}. A
 * single input is both.
 *
 * <p>Complexity: that of the chooser, and once per prompt linear in its demos.
 */
final class SpanChoice {
  private static final String READ = "read";
  private static final String WRITE = "write";

  private final ArgumentChooser chooser;
  private final Cache<Key, Optional<Learnt>> contexts =
      Caffeine.newBuilder().maximumSize(2000).build();

  private record Key(PromptContext context, String field) {}

  /** The demos as runs, and the input that they take from. */
  private record Learnt(AgentContext context, String source) {}

  SpanChoice(SentenceEmbedder embedder) {
    this.chooser = new ArgumentChooser(embedder, new DemoWeights(embedder));
  }

  /** The text; empty unless at least half of the demos' texts are pieces of their inputs. */
  Optional<String> text(ParsedField field, ParsedPrompt prompt, SamplingNoise noise) {
    return contexts
        .get(new Key(prompt.context(), field.name()), key -> learn(field, prompt.context()))
        .flatMap(
            learnt ->
                chooser.text(
                    new AgentPrompt(learnt.context(), shown(prompt.input(), learnt.source())),
                    new Blank(learnt.context().tools().get(0), field, true),
                    noise))
        .map(found -> found.span().text());
  }

  private static Optional<Learnt> learn(ParsedField field, PromptContext context) {
    List<ParsedDemo> demos =
        context.demos().stream().filter(demo -> !text(demo, field).isEmpty()).toList();
    String source = source(demos, field);
    List<AgentEpisode> runs = new ArrayList<>();
    for (ParsedDemo demo : demos) {
      AgentEpisode before = shown(demo.input(), source);
      String text = text(demo, field);
      if (SpanFinder.candidates(before).stream().anyMatch(span -> span.key().equals(text))) {
        List<Step> steps = new ArrayList<>(before.steps());
        steps.add(new Step("", WRITE, demo.output(), ""));
        runs.add(new AgentEpisode(before.input(), steps));
      }
    }
    ParsedTool tool = new ParsedTool(WRITE, field.description(), List.of(field));
    return runs.isEmpty() || 2 * runs.size() < demos.size()
        ? Optional.empty()
        : Optional.of(new Learnt(new AgentContext(context, List.of(tool), runs), source));
  }

  private static String text(ParsedDemo demo, ParsedField field) {
    JsonNode value = demo.output().path(field.name());
    return value.isString() ? TextSpan.key(value.stringValue()) : "";
  }

  /** The input that has most demos' texts, the last of equals; empty if none has any. */
  private static String source(List<ParsedDemo> demos, ParsedField field) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (ParsedDemo demo : demos) {
      demo.input()
          .forEach(
              (name, said) ->
                  counts.merge(
                      name, TextSpan.key(said).contains(text(demo, field)) ? 1 : 0, Integer::sum));
    }
    String source = "";
    int most = 1;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() >= most) {
        most = entry.getValue();
        source = entry.getKey();
      }
    }
    return source;
  }

  /** A run that was asked the other inputs, and has been shown this one. */
  private static AgentEpisode shown(Map<String, String> input, String source) {
    Map<String, String> asked = new LinkedHashMap<>(input);
    String read = input.getOrDefault(source, "");
    if (asked.size() > 1) {
      asked.remove(source);
    }
    ObjectNode arguments = Json.object();
    asked.forEach(arguments::put);
    return new AgentEpisode(asked, List.of(new Step("", READ, arguments, read)));
  }
}
