package dev.hone.local;

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
import tools.jackson.databind.node.StringNode;

/**
 * Decides the next call of an agent: the tool, then its arguments one by one, texts by {@link
 * ArgumentChooser} and all else as the fields of an answer.
 */
final class AgentAnswerer {
  private static final String OBSERVED = "observed";

  private final ToolChooser tools;
  private final ArgumentChooser texts;
  private final EndingTool endings;
  private final AnswerComposer values;

  /**
   * The next call.
   *
   * @param thought what the call goes by
   * @param tool the tool's name
   * @param arguments its arguments
   */
  record NextCall(String thought, String tool, ObjectNode arguments) {}

  AgentAnswerer(SentenceEmbedder embedder, AnswerComposer values) {
    DemoWeights weights = new DemoWeights(embedder);
    this.texts = new ArgumentChooser(embedder, weights);
    this.endings = new EndingTool(embedder);
    this.tools = new ToolChooser(embedder, weights, texts, endings);
    this.values = values;
  }

  /** The next call; of the required tool, if there is one. */
  NextCall next(AgentPrompt prompt, Optional<String> required, SamplingNoise noise) {
    AgentContext context = prompt.context();
    ParsedTool tool =
        required.flatMap(context::tool).orElseGet(() -> tools.next(prompt, noise.of("tool")));
    boolean ends = tool.name().equals(endings.of(context));
    ObjectNode arguments = Json.object();
    StringBuilder thought = new StringBuilder();
    for (ParsedField parameter : tool.parameters()) {
      SamplingNoise own = noise.of(parameter.name());
      boolean text = parameter.type().present() instanceof ParsedType.Text;
      Optional<TextSpan> span =
          text
              ? texts
                  .text(prompt, new Blank(tool, parameter, ends), own)
                  .map(ArgumentChooser.Found::span)
              : Optional.empty();
      if (!parameter.type().isOptional() || isShown(context, tool, parameter)) {
        arguments.set(
            parameter.name(),
            span.<JsonNode>map(found -> StringNode.valueOf(found.text()))
                .orElseGet(() -> value(prompt, tool, parameter, own)));
        span.map(TextSpan::line).filter(line -> thought.isEmpty()).ifPresent(thought::append);
      }
    }
    String said = thought.isEmpty() ? prompt.episode().inputText() : thought.toString();
    return new NextCall(said.strip(), tool.name(), arguments);
  }

  private static boolean isShown(AgentContext context, ParsedTool tool, ParsedField parameter) {
    return context.demos().stream()
        .flatMap(demo -> demo.steps().stream())
        .anyMatch(s -> s.tool().equals(tool.name()) && s.arguments().has(parameter.name()));
  }

  /** A value as of a field whose inputs are those of the task and what was observed. */
  private JsonNode value(
      AgentPrompt prompt, ParsedTool tool, ParsedField parameter, SamplingNoise noise) {
    AgentContext context = prompt.context();
    List<ParsedDemo> demos = new ArrayList<>();
    for (AgentEpisode demo : context.demos()) {
      for (int i = 0; i < demo.steps().size(); i++) {
        Step step = demo.steps().get(i);
        if (step.tool().equals(tool.name())) {
          demos.add(new ParsedDemo(known(demo.before(i)), step.arguments()));
        }
      }
    }
    PromptContext asked = context.task().asking(List.of(parameter)).with(demos);
    ParsedPrompt question = new ParsedPrompt(asked, known(prompt.episode()));
    return values.answers(question, noise).path(parameter.name());
  }

  private static Map<String, String> known(AgentEpisode episode) {
    Map<String, String> known = new LinkedHashMap<>(episode.input());
    StringBuilder observed = new StringBuilder();
    episode.steps().forEach(step -> observed.append(step.returned()).append('\n'));
    known.put(OBSERVED, observed.toString().strip());
    return known;
  }
}
