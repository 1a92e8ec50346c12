package dev.hone.optimize.propose;

import dev.hone.lm.MessagePart.ToolCall;
import dev.hone.lm.MessagePart.ToolResult;
import dev.hone.optimize.bootstrap.SuccessfulTrace;
import dev.hone.program.Predict;
import dev.hone.program.TraceStep;
import dev.hone.prompt.Trajectory;
import dev.hone.type.Field;
import dev.hone.type.FieldType;
import dev.hone.type.MessageKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What the tools of a predictor were called with and returned in recorded runs, by the name of the
 * tool: those that failed first, since their errors say what a description must tell.
 */
final class SeenToolCalls {
  private static final int MOST_PER_TOOL = 4;
  private static final int MOST_FAILED = 2;
  private static final int RESULT_CHARS = 300;

  private final Map<String, List<Seen>> byTool = new LinkedHashMap<>();

  private record Seen(ToolCall call, ToolResult result) {}

  private SeenToolCalls() {}

  /** What is seen in the trajectory of each run's last call of a predictor. */
  static SeenToolCalls of(String name, Predict<?, ?> predict, List<SuccessfulTrace> runs) {
    SeenToolCalls seen = new SeenToolCalls();
    Optional<String> field = trajectory(predict);
    for (SuccessfulTrace run : runs) {
      run.steps().stream()
          .filter(step -> step.predictor().equals(name))
          .reduce((earlier, later) -> later)
          .filter(step -> field.isPresent())
          .ifPresent(step -> seen.add(step, field.get()));
    }
    return seen;
  }

  private static Optional<String> trajectory(Predict<?, ?> predict) {
    return predict.signature().inputFields().stream()
        .filter(
            field ->
                field.type() instanceof FieldType.Message message
                    && message.kind() == MessageKind.TRAJECTORY)
        .map(Field::name)
        .findFirst();
  }

  private void add(TraceStep step, String field) {
    JsonNode turns = step.inputs().path(field);
    for (Trajectory.Turn turn : Trajectory.ofJson(turns).turns()) {
      for (int i = 0; i < turn.calls().size(); i++) {
        ToolCall call = turn.calls().get(i);
        byTool
            .computeIfAbsent(call.name(), tool -> new ArrayList<>())
            .add(new Seen(call, turn.results().get(i)));
      }
    }
  }

  /** A line per call, at most a few of each tool; empty if none was seen. */
  String text() {
    return byTool.values().stream()
        .flatMap(calls -> shown(calls).stream())
        .map(SeenToolCalls::line)
        .collect(Collectors.joining("\n"));
  }

  private static List<Seen> shown(List<Seen> calls) {
    List<Seen> shown =
        new ArrayList<>(
            calls.stream().filter(seen -> seen.result().isError()).limit(MOST_FAILED).toList());
    calls.stream()
        .filter(seen -> !seen.result().isError())
        .limit(MOST_PER_TOOL - shown.size())
        .forEach(shown::add);
    return shown;
  }

  private static String line(Seen seen) {
    return "%s %s -> %s%s"
        .formatted(
            seen.call().name(),
            Truncation.to(RESULT_CHARS, Truncation.line(seen.call().arguments())),
            seen.result().isError() ? "error: " : "",
            Truncation.to(RESULT_CHARS, Truncation.line(seen.result().text())));
  }
}
