package dev.hone.project.metric;

import dev.hone.lm.LanguageModel;
import dev.hone.metric.Constraint;
import dev.hone.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * A metric as a project file says it; no model is made before {@link #metric} is asked for it.
 *
 * @param parts the metrics of rows with their weights, or one of sets; may be none beside a judge
 * @param judge a judge with its weight, if there is one
 * @param constraints what a result has to meet
 */
public record MetricSpec(
    List<Part> parts, Optional<Judge> judge, List<Constraint<ObjectNode, ObjectNode>> constraints) {
  /** Copies the lists. */
  public MetricSpec {
    parts = List.copyOf(parts);
    constraints = List.copyOf(constraints);
  }

  /** A metric with how much it counts. */
  public record Part(Metric<ObjectNode, ObjectNode> metric, double weight) {}

  /** A judge with how much it counts. */
  public record Judge(JudgeSpec spec, double weight) {}

  /** Whether rows need a label. */
  public boolean needsLabel() {
    return !parts.isEmpty() || judge.filter(one -> one.spec().seesLabel()).isPresent();
  }

  /** The metric; models of judges are made by a function of their names. */
  public Metric<ObjectNode, ObjectNode> metric(Function<String, LanguageModel> models) {
    Metric<ObjectNode, ObjectNode> metric = unconstrained(models);
    for (Constraint<ObjectNode, ObjectNode> constraint : constraints) {
      metric = metric.subjectTo(constraint);
    }
    return metric;
  }

  private Metric<ObjectNode, ObjectNode> unconstrained(Function<String, LanguageModel> models) {
    List<WeightedMean.Part> all = new ArrayList<>();
    parts.forEach(part -> all.add(new WeightedMean.Part(part.metric(), part.weight())));
    judge.ifPresent(one -> all.add(new WeightedMean.Part(one.spec().metric(models), one.weight())));
    if (all.size() == 1) {
      return all.get(0).metric();
    }
    boolean even = all.stream().allMatch(part -> part.weight() == all.get(0).weight());
    return even ? mean(all) : new WeightedMean(all);
  }

  private static Metric<ObjectNode, ObjectNode> mean(List<WeightedMean.Part> parts) {
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    Metric<ObjectNode, ObjectNode>[] metrics =
        parts.stream().map(WeightedMean.Part::metric).toArray(Metric[]::new);
    return Metric.mean(metrics);
  }
}
