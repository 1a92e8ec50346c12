package dev.hone.benchmarks.ablation;

import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Source;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.signature.Signature;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A demo task in the dynamic form.
 *
 * @param name its name
 * @param program the program
 * @param metric what is to be improved
 * @param trainset what optimizers may see
 * @param testset what no optimizer sees
 */
record AblationTask(
    String name,
    Predict<ObjectNode, ObjectNode> program,
    Metric<ObjectNode, ObjectNode> metric,
    Dataset<ObjectNode, ObjectNode> trainset,
    Dataset<ObjectNode, ObjectNode> testset) {

  static List<AblationTask> all() {
    return List.of(
        of(
            "moderation",
            "snippet -> severity: enum[LOW|MEDIUM|HIGH], violations:"
                + " set[enum[HARASSMENT|HATE|SEXUAL|VIOLENCE|SELF_HARM|SPAM|OTHER]]",
            "Classify the snippet for moderation.",
            Metric.mean(Metric.exact("severity"), Metric.jaccard("violations"))),
        of(
            "support",
            "message -> intent: enum[REFUND|DELIVERY|LOGIN|BILLING|CANCEL_SUBSCRIPTION"
                + "|PRODUCT_QUESTION|COMPLAINT|FEEDBACK]",
            "Route the customer's message.",
            Metric.exact("intent")));
  }

  private static AblationTask of(
      String name, String signature, String instructions, Metric<ObjectNode, ObjectNode> metric) {
    Signature<ObjectNode, ObjectNode> parsed = Signature.parse(signature, instructions);
    return new AblationTask(
        name,
        Predict.of(parsed),
        metric,
        read(name + "/train", parsed),
        read(name + "/test", parsed));
  }

  private static Dataset<ObjectNode, ObjectNode> read(
      String file, Signature<ObjectNode, ObjectNode> signature) {
    String path = "/dev/hone/examples/" + file + ".jsonl";
    return Dataset.ofJsonl(
        Source.ofResource(AblationTask.class, path), signature, Columns.asNamed());
  }
}
