package dev.hone.project.metric;

import dev.hone.metric.Constraint;
import dev.hone.metric.CorpusMetric;
import dev.hone.metric.Metric;
import dev.hone.project.model.ModelChoice;
import dev.hone.project.yaml.Problems;
import dev.hone.project.yaml.YamlMap;
import dev.hone.project.yaml.YamlNode;
import dev.hone.project.yaml.YamlNodes;
import dev.hone.signature.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a metric: {@code exact(topic)}, {@code mean of exact(topic), 2 * f1(answer)}, {@code by
 * field}, a list of such, or a map with {@code score}, {@code judge} and {@code at least}.
 */
public final class MetricReader {
  /** The keys of a metric that is a map. */
  public static final List<String> KEYS = List.of("score", "judge", "at least");

  /** The keys of a judge. */
  public static final List<String> JUDGE_KEYS =
      List.of("criteria", "model", "grades", "label", "repeat", "weight");

  private static final String MEAN = "mean of ";

  private final Signature<ObjectNode, ObjectNode> signature;
  private final Problems problems;
  private final ReadyMetrics ready;

  /** A reader for the outputs of a signature. */
  public MetricReader(Signature<ObjectNode, ObjectNode> signature, Problems problems) {
    this.signature = signature;
    this.problems = problems;
    this.ready = new ReadyMetrics(signature, problems);
  }

  /** The metric where a file says none: each field in the way that fits its type. */
  public static MetricSpec byField(Signature<ObjectNode, ObjectNode> signature) {
    return new MetricSpec(
        List.of(new MetricSpec.Part(Metric.byField(signature), 1)), Optional.empty(), List.of());
  }

  /** The metric of a value. */
  public MetricSpec read(YamlNode node, String path) {
    if (!node.isMap()) {
      return new MetricSpec(parts(node, path), Optional.empty(), List.of());
    }
    YamlMap map = YamlMap.of(node, path, problems, KEYS);
    if (!map.has("score") && !map.has("judge") && map.has("at least")) {
      return new MetricSpec(byField(signature).parts(), Optional.empty(), constraints(map));
    }
    List<MetricSpec.Part> parts =
        map.get("score").map(score -> parts(score, map.path("score"))).orElse(List.of());
    Optional<MetricSpec.Judge> judge =
        map.get("judge").flatMap(one -> judge(one, map.path("judge")));
    boolean ofSets = parts.stream().anyMatch(part -> part.metric() instanceof CorpusMetric);
    if (ofSets && judge.isPresent()) {
      map.problem(
          "judge",
          "no judge beside %s, which is a metric of sets".formatted(parts.get(0).metric().name()),
          "keep one of the two");
    }
    return new MetricSpec(parts, judge, constraints(map));
  }

  private List<MetricSpec.Part> parts(YamlNode node, String path) {
    List<MetricSpec.Part> parts = new ArrayList<>();
    if (node.isList()) {
      node.items().forEach(item -> parts.addAll(parts(item, path)));
    } else {
      YamlMap.text(node, path, problems).ifPresent(text -> terms(text, node, path, parts));
    }
    boolean ofSets = parts.stream().anyMatch(part -> part.metric() instanceof CorpusMetric);
    if (ofSets && parts.size() > 1) {
      problems.add(
          node,
          path,
          "a mean with a metric of sets of rows",
          "metrics of single rows: " + String.join(", ", ReadyMetrics.OF_ROWS),
          "keep the metric of sets alone, or say the other under at least");
    }
    return parts;
  }

  private void terms(String text, YamlNode node, String path, List<MetricSpec.Part> into) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("by field")) {
      into.addAll(byField(signature).parts());
      return;
    }
    List<MetricTerm> terms = new ArrayList<>();
    String list = lower.startsWith(MEAN) ? text.substring(MEAN.length()) : text;
    for (String part : MetricTerm.split(list)) {
      Optional<MetricTerm> term = MetricTerm.read(part);
      if (term.isEmpty()) {
        problems.add(
            node,
            path,
            "\"" + part + "\"",
            "a metric such as exact(%s), or by field".formatted(firstOutput()),
            fix(part));
      }
      term.ifPresent(terms::add);
    }
    Set<String> fields = new HashSet<>();
    for (MetricTerm term : terms) {
      ready
          .of(term, node, path)
          .map(metric -> fields.add(term.field()) ? metric : metric.named(named(term)))
          .ifPresent(metric -> into.add(new MetricSpec.Part(metric, term.weight())));
    }
  }

  private static String named(MetricTerm term) {
    return term.name() + " of " + term.field();
  }

  private String fix(String part) {
    String word = part.strip().toLowerCase(Locale.ROOT).replaceAll("[_-]", " ");
    return ReadyMetrics.NAMES.contains(word)
        ? "write %s(%s)".formatted(word, firstOutput())
        : "write exact(%s)".formatted(firstOutput());
  }

  private String firstOutput() {
    return signature.outputFields().get(0).name();
  }

  private List<Constraint<ObjectNode, ObjectNode>> constraints(YamlMap map) {
    List<Constraint<ObjectNode, ObjectNode>> constraints = new ArrayList<>();
    Optional<YamlNode> limits = map.get("at least");
    if (limits.isPresent() && !limits.get().isMap()) {
      map.problem("at least", "metrics with limits", "write { \"recall(topic, DEFECT)\": 0.9 }");
    } else if (limits.isPresent()) {
      for (YamlNode.Entry entry : limits.get().entries()) {
        constraint(entry, map.path("at least")).ifPresent(constraints::add);
      }
    }
    return constraints;
  }

  private Optional<Constraint<ObjectNode, ObjectNode>> constraint(
      YamlNode.Entry entry, String path) {
    YamlNode at = YamlNodes.at(entry);
    Optional<MetricTerm> term = MetricTerm.read(entry.key());
    if (term.isEmpty() || !ReadyMetrics.isOfSets(term.get())) {
      problems.add(
          entry,
          path,
          "\"" + entry.key() + "\"",
          "a metric of sets: " + String.join(", ", ReadyMetrics.OF_SETS),
          "write \"recall(%s, VALUE)\": 0.9".formatted(firstOutput()));
      return Optional.empty();
    }
    OptionalDouble limit = limit(entry, path);
    Optional<Metric<ObjectNode, ObjectNode>> metric = ready.of(term.get(), at, path);
    if (limit.isEmpty() || metric.isEmpty()) {
      return Optional.empty();
    }
    CorpusMetric<ObjectNode, ObjectNode> ofSets =
        (CorpusMetric<ObjectNode, ObjectNode>) metric.get();
    return Optional.ofNullable(
        problems.made(
            at, path, () -> Constraint.atLeast(entry.key(), ofSets, limit.getAsDouble())));
  }

  private OptionalDouble limit(YamlNode.Entry entry, String path) {
    try {
      double limit = Double.parseDouble(entry.value().text());
      if (limit >= -1 && limit <= 1) {
        return OptionalDouble.of(limit);
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of bounds
    }
    problems.add(entry.value(), path, "a number from 0 to 1", "write 0.9");
    return OptionalDouble.empty();
  }

  private Optional<MetricSpec.Judge> judge(YamlNode node, String path) {
    String task = signature.instructions();
    if (node.isScalar()) {
      return Optional.of(
          new MetricSpec.Judge(
              new JudgeSpec(node.text().strip(), Optional.empty(), 5, false, 1, task), 1));
    }
    YamlMap map = YamlMap.of(node, path, problems, JUDGE_KEYS);
    Optional<String> criteria = map.text("criteria");
    if (criteria.isEmpty() && node.isMap()) {
      problems.add(
          node, path, "no criteria", "the key criteria", "write criteria: what a good answer is");
    }
    Optional<ModelChoice> model =
        map.get("model").flatMap(one -> ModelChoice.read(one, map.path("model"), problems));
    JudgeSpec spec =
        new JudgeSpec(
            criteria.orElse(""),
            model,
            map.count("grades", 2).orElse(5),
            map.truth("label").orElse(false),
            map.count("repeat", 1).orElse(1),
            task);
    return Optional.of(new MetricSpec.Judge(spec, map.number("weight").orElse(1)));
  }
}
