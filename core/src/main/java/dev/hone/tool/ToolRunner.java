package dev.hone.tool;

import dev.hone.InvalidInputException;
import dev.hone.SettingCheck;
import dev.hone.lm.ToolSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the calls that a model makes of some tools: those of one turn at once, each at most once, in
 * threads of their own under the context of the caller; whatever goes wrong becomes a result for
 * the model. Immutable and thread-safe; {@link #start} begins a run of an agent.
 *
 * <pre>{@code
 * ToolRun run = ToolRunner.of(List.of(search, lookup)).start();
 * List<ToolOutcome> outcomes = run.outcomes(calls);
 * }</pre>
 */
public final class ToolRunner {
  /** The most calls that run at once by default. */
  public static final int DEFAULT_MAX_IN_FLIGHT = 16;

  private final Map<String, Tool> tools;
  private final int maxInFlight;

  private ToolRunner(Map<String, Tool> tools, int maxInFlight) {
    this.tools = tools;
    this.maxInFlight = maxInFlight;
  }

  /**
   * A runner of tools; their order is kept.
   *
   * @throws InvalidInputException if two tools have the same name
   */
  public static ToolRunner of(Collection<? extends Tool> tools) {
    Map<String, Tool> byName = new LinkedHashMap<>();
    for (Tool tool : tools) {
      if (byName.putIfAbsent(tool.name(), tool) != null) {
        throw InvalidInputException.of(
            "Two tools have the name \"%s\"".formatted(tool.name()),
            "rename one of them by tool.withName(name)");
      }
    }
    return new ToolRunner(Collections.unmodifiableMap(byName), DEFAULT_MAX_IN_FLIGHT);
  }

  /**
   * A copy that runs at most this many calls at once; the others wait, and their timeouts do not
   * run meanwhile. Default: {@value #DEFAULT_MAX_IN_FLIGHT}.
   *
   * @throws InvalidInputException if it is less than 1
   */
  public ToolRunner maxInFlight(int value) {
    SettingCheck.atLeast("maxInFlight", value, 1);
    return new ToolRunner(tools, value);
  }

  /** A run of an agent, in which no tool was called yet. */
  public ToolRun start() {
    return start(List.of());
  }

  /**
   * A run of an agent, in which no tool was called yet.
   *
   * @param others names that the model may call, too, and which the caller answers itself: a call
   *     of a tool that is none is told of them
   */
  public ToolRun start(List<String> others) {
    return new ToolRun(this, others);
  }

  /** The tools by name, in their order; read-only. */
  public Map<String, Tool> tools() {
    return tools;
  }

  /** What a model is told of the tools, in their order. */
  public List<ToolSpec> specs() {
    List<ToolSpec> specs = new ArrayList<>();
    tools.values().forEach(tool -> specs.add(tool.spec()));
    return List.copyOf(specs);
  }

  /** The most calls that run at once. */
  public int maxInFlight() {
    return maxInFlight;
  }

  /** One line, such as {@code ToolRunner[search, lookup]}. */
  @Override
  public String toString() {
    return "ToolRunner" + tools.keySet();
  }
}
