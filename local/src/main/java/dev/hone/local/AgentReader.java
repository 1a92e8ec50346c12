package dev.hone.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmMessage.Role;
import dev.hone.lm.LmRequest;
import dev.hone.lm.ToolSpec;
import java.util.List;

/**
 * Reads requests to an agent: one with tools, which it offers natively or lists in its system
 * message. Contexts are kept by what they are made of.
 */
final class AgentReader {
  private final Cache<Key, AgentContext> contexts = Caffeine.newBuilder().maximumSize(2000).build();

  private record Key(List<LmMessage> before, List<ToolSpec> tools) {}

  /** A request, with the run that is to go on. */
  record AgentPrompt(AgentContext context, AgentEpisode episode) {}

  /** Whether a request has tools. */
  static boolean isAgent(LmRequest request) {
    return !request.tools().isEmpty() || !ToolReader.in(system(request.messages())).isEmpty();
  }

  AgentPrompt read(LmRequest request) {
    List<LmMessage> messages = request.messages();
    PromptContext task = PromptContextReader.ofSystem(system(messages));
    int question = PromptReader.question(messages, task);
    List<LmMessage> before = List.copyOf(messages.subList(0, question));
    AgentContext context =
        contexts.get(new Key(before, request.tools()), key -> context(task, key));
    List<AgentEpisode> now = EpisodeReader.read(messages.subList(question, messages.size()), task);
    return new AgentPrompt(context, now.get(now.size() - 1));
  }

  private static AgentContext context(PromptContext task, Key key) {
    List<ParsedTool> tools =
        key.tools().isEmpty()
            ? ToolReader.in(system(key.before()))
            : key.tools().stream().map(ParsedTool::of).toList();
    List<AgentEpisode> demos =
        EpisodeReader.read(key.before(), task).stream()
            .filter(demo -> !demo.steps().isEmpty())
            .toList();
    int first = Math.max(0, demos.size() - PromptContextReader.MOST_DEMOS);
    return new AgentContext(task, tools, demos.subList(first, demos.size()));
  }

  private static String system(List<LmMessage> messages) {
    boolean given = !messages.isEmpty() && messages.get(0).role() == Role.SYSTEM;
    return given ? messages.get(0).text() : "";
  }
}
