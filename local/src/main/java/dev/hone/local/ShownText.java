package dev.hone.local;

import dev.hone.local.AgentEpisode.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * A text that a demo passed to a tool.
 *
 * @param demo the run
 * @param step which of its calls that was, from 0
 * @param options all texts that it could have passed
 * @param passed those of them that are the text, which may stand in several places
 */
record ShownText(
    AgentEpisode demo, int step, List<SpanFeatures> options, List<SpanFeatures> passed) {
  /** What demos passed, where it can be found in what they had before. */
  static List<ShownText> of(
      AgentContext context, String tool, String parameter, SpanReader reader) {
    List<ShownText> all = new ArrayList<>();
    for (AgentEpisode demo : context.demos()) {
      for (int i = 0; i < demo.steps().size(); i++) {
        Step step = demo.steps().get(i);
        String text = TextSpan.key(step.arguments().path(parameter).asString(""));
        if (step.tool().equals(tool) && !text.isEmpty()) {
          List<SpanFeatures> options = reader.read(demo.before(i));
          List<SpanFeatures> passed = places(options, text);
          if (!passed.isEmpty()) {
            all.add(new ShownText(demo, i, options, passed));
          }
        }
      }
    }
    return all;
  }

  /** The places of a text; only those in lines that the newest call asked for, if there are any. */
  private static List<SpanFeatures> places(List<SpanFeatures> options, String text) {
    List<SpanFeatures> places = options.stream().filter(o -> o.span().key().equals(text)).toList();
    List<SpanFeatures> anchored = places.stream().filter(SpanFeatures::anchored).toList();
    return anchored.isEmpty() ? places : anchored;
  }

  /** How alike in form another text is, from 0 to 1. */
  double formLikeness(SpanFeatures other) {
    return passed.stream().mapToDouble(other::formLikeness).max().orElse(0);
  }

  /** How alike the words around another text are, from 0 to 1. */
  double aroundLikeness(SpanFeatures other) {
    return passed.stream().mapToDouble(other::aroundLikeness).max().orElse(0);
  }
}
