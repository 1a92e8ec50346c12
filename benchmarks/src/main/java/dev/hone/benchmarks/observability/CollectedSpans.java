package dev.hone.benchmarks.observability;

import dev.hone.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the file exporter of an OpenTelemetry collector wrote, prints the tree of its spans,
 * alike ones as one line, and its metrics. Fails if a span lacks its parent or stands at the root
 * beside the application's, if a call of a model lacks its tokens, or if there are not as many as
 * the model counted.
 */
public final class CollectedSpans {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Map<String, JsonNode> byId = new LinkedHashMap<>();
  private final Map<String, List<JsonNode>> byParent = new HashMap<>();
  private final Map<String, String> metrics = new TreeMap<>();

  private CollectedSpans() {}

  /**
   * Prints them.
   *
   * @param args the file, and how many calls the model counted
   * @throws IOException if the file cannot be read
   */
  public static void main(String[] args) throws IOException {
    CollectedSpans spans = new CollectedSpans();
    try (var lines = Files.lines(Path.of(args[0]))) {
      lines.filter(line -> !line.isBlank()).map(Json::parse).forEach(spans::add);
    }
    spans.print();
    System.exit(spans.isSound(Long.parseLong(args[1])) ? 0 : 1);
  }

  private void add(JsonNode line) {
    for (JsonNode span :
        line.findValues("spans").stream().flatMap(JsonNode::valueStream).toList()) {
      byId.put(span.path("spanId").asString(""), span);
      byParent
          .computeIfAbsent(span.path("parentSpanId").asString(""), key -> new ArrayList<>())
          .add(span);
    }
    for (JsonNode metric :
        line.findValues("metrics").stream().flatMap(JsonNode::valueStream).toList()) {
      long count = 0;
      for (JsonNode point : metric.path("histogram").path("dataPoints")) {
        count += Long.parseLong(point.path("count").asString("0"));
      }
      metrics.put(
          metric.path("name").asString("") + " " + metric.path("unit").asString(""),
          String.format(Locale.ROOT, "%,d values", count));
    }
  }

  private void print() {
    System.out.printf(Locale.ROOT, "%,d spans%n%n", byId.size());
    print(byParent.getOrDefault("", List.of()), "");
    System.out.println();
    metrics.forEach((name, values) -> System.out.println(name + "  " + values));
  }

  /** Spans of one name, each kind after the one that began first. */
  private void print(List<JsonNode> spans, String indent) {
    Map<String, List<JsonNode>> byName = new LinkedHashMap<>();
    spans.stream()
        .sorted((a, b) -> Long.compare(nanos(a, "start"), nanos(b, "start")))
        .forEach(
            span ->
                byName
                    .computeIfAbsent(span.path("name").asString(""), key -> new ArrayList<>())
                    .add(span));
    byName.forEach(
        (name, same) -> {
          double millis =
              same.stream().mapToLong(s -> nanos(s, "end") - nanos(s, "start")).sum()
                  / NANOS_PER_MILLI;
          System.out.printf(
              Locale.ROOT, "%-52s %,7d x %,12.1f ms%n", indent + name, same.size(), millis);
          List<JsonNode> within = new ArrayList<>();
          same.forEach(s -> within.addAll(children(s)));
          print(within, indent + "  ");
        });
  }

  private List<JsonNode> children(JsonNode span) {
    return byParent.getOrDefault(span.path("spanId").asString(""), List.of());
  }

  private static long nanos(JsonNode span, String end) {
    return Long.parseLong(span.path(end + "TimeUnixNano").asString("0"));
  }

  private boolean isSound(long counted) {
    long orphans =
        byParent.keySet().stream().filter(id -> !id.isEmpty() && !byId.containsKey(id)).count();
    int roots = byParent.getOrDefault("", List.of()).size();
    List<JsonNode> calls =
        byId.values().stream()
            .filter(span -> attribute(span, "gen_ai.operation.name").equals("chat"))
            .filter(span -> !attribute(span, "hone.cached").equals("true"))
            .toList();
    long withoutTokens =
        calls.stream()
            .filter(span -> attribute(span, "gen_ai.usage.input_tokens").isEmpty())
            .count();
    System.out.printf(
        Locale.ROOT,
        "%ncalls of the model: %,d spans, %,d counted by the model; %,d without tokens%n"
            + "spans without their parent: %,d; at the root: %,d%n",
        calls.size(),
        counted,
        withoutTokens,
        orphans,
        roots);
    return orphans == 0 && roots == 1 && withoutTokens == 0 && calls.size() == counted;
  }

  private static String attribute(JsonNode span, String key) {
    for (JsonNode attribute : span.path("attributes")) {
      if (attribute.path("key").asString("").equals(key)) {
        return attribute.path("value").valueStream().findFirst().map(JsonNode::asString).orElse("");
      }
    }
    return "";
  }
}
