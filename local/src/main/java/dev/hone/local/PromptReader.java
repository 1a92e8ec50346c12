package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import java.util.List;
import java.util.Map;

/**
 * Reads conversations in Hone's layouts; any other is a lesson without fields, whose last user turn
 * is the input. Lessons are kept by the messages that they are made of.
 */
final class PromptReader {
  private static final long KEPT_CHARACTERS = 30_000_000;

  private final Cache<String, Lesson> systems =
      Caffeine.newBuilder().maximumWeight(KEPT_CHARACTERS).weigher(PromptReader::size).build();
  private final Cache<List<LmMessage>, Lesson> lessons =
      Caffeine.newBuilder().maximumWeight(KEPT_CHARACTERS).weigher(PromptReader::sizeOfAll).build();

  private static int size(String system, Lesson lesson) {
    return system.length() + 1000;
  }

  private static int sizeOfAll(List<LmMessage> messages, Lesson lesson) {
    return 1000 + (int) Math.min(1e9, messages.stream().mapToLong(m -> m.text().length()).sum());
  }

  ReadPrompt read(List<LmMessage> messages) {
    Lesson task = task(messages);
    int question = question(messages, task);
    List<LmMessage> before = messages.subList(0, question);
    Lesson lesson = lessons.getIfPresent(before);
    if (lesson == null) {
      lesson = lessons.get(List.copyOf(before), turns -> LessonReader.withDemos(task, turns));
    }
    return new ReadPrompt(lesson, LessonReader.input(messages.get(question).text()));
  }

  private Lesson task(List<LmMessage> messages) {
    boolean given = messages.size() > 1 && messages.get(0).role() == Role.SYSTEM;
    String system = given ? messages.get(0).text() : "";
    return systems.get(system, LessonReader::ofSystem);
  }

  /**
   * The index of the last user turn that asks something: one with an input section, where the
   * layout is known. The turns after it only ask to mend the answer.
   */
  private static int question(List<LmMessage> messages, Lesson task) {
    for (int i = messages.size() - 1; i > 0; i--) {
      LmMessage message = messages.get(i);
      if (message.role() == Role.USER && asks(message.text(), task)) {
        return i;
      }
    }
    return messages.size() - 1;
  }

  private static boolean asks(String text, Lesson task) {
    Map<String, String> sections = Sections.in(text);
    return task.inputs().isEmpty()
        || task.inputs().stream().anyMatch(field -> sections.containsKey(field.name()));
  }
}
