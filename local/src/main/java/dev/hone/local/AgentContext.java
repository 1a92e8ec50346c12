package dev.hone.local;

import java.util.List;
import java.util.Optional;

/**
 * What a conversation teaches an agent: its tools, and the runs of its demos. Compared by identity,
 * so that what is learnt from it can be kept by it.
 */
final class AgentContext {
  private final PromptContext task;
  private final List<ParsedTool> tools;
  private final List<AgentEpisode> demos;

  AgentContext(PromptContext task, List<ParsedTool> tools, List<AgentEpisode> demos) {
    this.task = task;
    this.tools = List.copyOf(tools);
    this.demos = List.copyOf(demos);
  }

  /** The fields and the instructions. */
  PromptContext task() {
    return task;
  }

  /** The tools that can be called, in order. */
  List<ParsedTool> tools() {
    return tools;
  }

  /** The worked examples: whole runs, the last step of which has not returned. */
  List<AgentEpisode> demos() {
    return demos;
  }

  /** The tool of a name. */
  Optional<ParsedTool> tool(String name) {
    return tools.stream().filter(tool -> tool.name().equals(name)).findFirst();
  }

  /** The sentences of the instructions. */
  List<String> instructions() {
    return TextTokens.sentences(task.instructions());
  }
}
