package dev.hone.optimize.fake;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A deterministic model that reads its prompt, answers by rules, and remembers what it was sent.
 * Thread-safe if the rules are.
 */
public final class RuleModel implements LanguageModel {
  private final String id;
  private final Function<SeenPrompt, Map<String, String>> rules;
  private final Queue<SeenPrompt> seen = new ConcurrentLinkedQueue<>();

  /** A model that answers each field by the rules. */
  public RuleModel(String id, Function<SeenPrompt, Map<String, String>> rules) {
    this.id = id;
    this.rules = rules;
  }

  /** A model that answers the proposer's prompts by one set of rules, all others by another. */
  public static RuleModel of(
      Function<SeenPrompt, Map<String, String>> proposer,
      Function<SeenPrompt, Map<String, String>> task) {
    return new RuleModel(
        "rules",
        prompt -> ProposerRules.asked(prompt) ? proposer.apply(prompt) : task.apply(prompt));
  }

  @Override
  public LmResponse call(LmRequest request) {
    SeenPrompt prompt = SeenPrompt.of(request);
    seen.add(prompt);
    StringBuilder reply = new StringBuilder();
    rules
        .apply(prompt)
        .forEach((field, value) -> reply.append("[[ ## %s ## ]]%n%s%n%n".formatted(field, value)));
    reply.append("[[ ## completed ## ]]");
    return LmResponse.of(reply.toString(), LmUsage.of(prompt.text().length() / 4, 5), id);
  }

  @Override
  public String id() {
    return id;
  }

  /** All prompts so far, in the order of arrival. */
  public List<SeenPrompt> seen() {
    return List.copyOf(seen);
  }

  /** The prompts so far of which something holds. */
  public List<SeenPrompt> seen(Predicate<SeenPrompt> condition) {
    return seen.stream().filter(condition).toList();
  }

  /** The prompts so far that asked for a field. */
  public List<SeenPrompt> askedFor(String field) {
    return seen(prompt -> prompt.asksFor(field));
  }
}
