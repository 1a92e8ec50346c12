package dev.hone.optimize.fake;

import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a model answers the prompts of the proposer: it repeats what it was told, so that a test can
 * see what arrived where. The words that follow "about" in the examples are the only thing it finds
 * in the data.
 */
public final class ProposerRules {
  private static final Pattern TOPIC = Pattern.compile("about (\\w+)");

  private ProposerRules() {}

  /** Whether a prompt comes from the proposer. */
  public static boolean asked(SeenPrompt prompt) {
    return prompt.outputs().stream()
        .anyMatch(
            field ->
                field.equals("observations")
                    || field.equals("summary")
                    || field.equals("description")
                    || field.equals("instruction"));
  }

  /** Answers every prompt of the proposer; each rollout writes another instruction. */
  public static Map<String, String> echo(SeenPrompt prompt) {
    return withInstruction(
            seen ->
                "Draft %d. %s %s %s"
                    .formatted(
                        seen.options().rolloutId(),
                        seen.input("datasetSummary"),
                        seen.input("programDescription"),
                        seen.input("tip")))
        .apply(prompt);
  }

  /** Answers as {@link #echo}, with instructions written by a function. */
  public static Function<SeenPrompt, Map<String, String>> withInstruction(
      Function<SeenPrompt, String> instruction) {
    return prompt -> {
      if (prompt.asksFor("observations")) {
        return Map.of("observations", topics(prompt.input("examples")), "nothingToAdd", "false");
      }
      if (prompt.asksFor("summary")) {
        return Map.of("summary", "Topics: " + topics(prompt.input("observations")) + ".");
      }
      if (prompt.asksFor("description")) {
        return Map.of("description", "The program sorts tickets.");
      }
      return Map.of("instruction", instruction.apply(prompt));
    };
  }

  private static String topics(String text) {
    String found =
        TOPIC
            .matcher(text)
            .results()
            .map((MatchResult result) -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .map(topic -> "about " + topic)
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "nothing" : found;
  }
}
