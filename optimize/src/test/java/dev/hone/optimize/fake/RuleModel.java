package dev.hone.optimize.fake;

import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.testkit.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A {@link ScriptedModel} that reads its prompt, answers by rules, and remembers the prompts it was
 * sent. Thread-safe if the rules are.
 */
public final class RuleModel extends ForwardingLanguageModel {
  private final Queue<SeenPrompt> seen;

  /** A model that answers each field by the rules. */
  public RuleModel(String id, Function<SeenPrompt, Map<String, String>> rules) {
    this(id, rules, new ConcurrentLinkedQueue<>());
  }

  private RuleModel(
      String id, Function<SeenPrompt, Map<String, String>> rules, Queue<SeenPrompt> seen) {
    super(
        ScriptedModel.replying(
                request -> {
                  SeenPrompt prompt = SeenPrompt.of(request);
                  seen.add(prompt);
                  LmUsage usage = LmUsage.of(prompt.text().length() / 4, 5);
                  return LmResponse.of(chat(rules.apply(prompt)), usage, id);
                })
            .withId(id));
    this.seen = seen;
  }

  private static String chat(Map<String, String> fields) {
    StringBuilder reply = new StringBuilder();
    fields.forEach(
        (field, value) -> reply.append("[[ ## %s ## ]]%n%s%n%n".formatted(field, value)));
    return reply.append("[[ ## completed ## ]]").toString();
  }

  /** A model that answers the proposer's prompts by one set of rules, all others by another. */
  public static RuleModel of(
      Function<SeenPrompt, Map<String, String>> proposer,
      Function<SeenPrompt, Map<String, String>> task) {
    return new RuleModel(
        "rules",
        prompt -> ProposerRules.asked(prompt) ? proposer.apply(prompt) : task.apply(prompt));
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
