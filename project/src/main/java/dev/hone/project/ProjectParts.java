package dev.hone.project;

import dev.hone.project.data.DataSpec;
import dev.hone.project.data.SplitSpec;
import dev.hone.project.field.ProjectField;
import dev.hone.project.metric.MetricSpec;
import dev.hone.project.model.ModelChoice;
import dev.hone.project.optimizer.OptimizerSettings;
import dev.hone.project.strategy.Step;
import dev.hone.project.strategy.StrategySpec;
import dev.hone.project.yaml.YamlNode;
import dev.hone.signature.Signature;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What a project file says, part by part. */
record ProjectParts(
    DataSpec data,
    Signature<ObjectNode, ObjectNode> signature,
    List<ProjectField> fields,
    StrategySpec strategy,
    List<Step> steps,
    MetricSpec metric,
    Models models,
    SplitSpec split,
    Optional<YamlNode> budget,
    OptimizerSettings optimizer) {

  /** The models that a project file names. */
  record Models(
      Optional<ModelChoice> model, Optional<ModelChoice> teacher, Optional<ModelChoice> proposer) {}
}
