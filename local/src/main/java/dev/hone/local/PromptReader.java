package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import java.util.List;
import java.util.Map;

/**
 * Reads conversations in Hone's layouts; any other is a context without fields, whose last user
 * turn is the input. Contexts are kept by the messages that they are made of.
 */
final class PromptReader {
  private static final long KEPT_CHARACTERS = 30_000_000;

  private final Cache<String, PromptContext> systems =
      Caffeine.newBuilder().maximumWeight(KEPT_CHARACTERS).weigher(PromptReader::size).build();
  private final Cache<List<LmMessage>, PromptContext> contexts =
      Caffeine.newBuilder().maximumWeight(KEPT_CHARACTERS).weigher(PromptReader::sizeOfAll).build();

  private static int size(String system, PromptContext context) {
    return system.length() + 1000;
  }

  private static int sizeOfAll(List<LmMessage> messages, PromptContext context) {
    return 1000 + (int) Math.min(1e9, messages.stream().mapToLong(m -> m.text().length()).sum());
  }

  ParsedPrompt read(List<LmMessage> messages) {
    PromptContext task = task(messages);
    int question = question(messages, task);
    List<LmMessage> before = messages.subList(0, question);
    PromptContext context = contexts.getIfPresent(before);
    if (context == null) {
      context =
          contexts.get(List.copyOf(before), turns -> PromptContextReader.withDemos(task, turns));
    }
    return new ParsedPrompt(context, PromptContextReader.input(messages.get(question).text()));
  }

  private PromptContext task(List<LmMessage> messages) {
    boolean given = messages.size() > 1 && messages.get(0).role() == Role.SYSTEM;
    String system = given ? messages.get(0).text() : "";
    return systems.get(system, PromptContextReader::ofSystem);
  }

  /**
   * The index of the last user turn that asks something: one with an input section, where the
   * layout is known. The turns after it only ask to repair the answer.
   */
  static int question(List<LmMessage> messages, PromptContext task) {
    for (int i = messages.size() - 1; i > 0; i--) {
      LmMessage message = messages.get(i);
      if (message.role() == Role.USER && asks(message.text(), task)) {
        return i;
      }
    }
    return messages.size() - 1;
  }

  private static boolean asks(String text, PromptContext task) {
    Map<String, String> sections = PromptSections.in(PromptSections.withoutAsk(text));
    return task.inputs().isEmpty()
        || task.inputs().stream().anyMatch(field -> sections.containsKey(field.name()));
  }
}
