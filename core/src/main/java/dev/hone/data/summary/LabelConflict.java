package dev.hone.data.summary;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An input that a dataset has with different labels: no program can be right on all of its
 * examples.
 *
 * @param input the input
 * @param labels its labels, each once, in the order of the dataset; two at least
 */
public record LabelConflict(ObjectNode input, List<ObjectNode> labels) {
  /** Copies both. */
  public LabelConflict {
    input = input.deepCopy();
    labels = labels.stream().map(ObjectNode::deepCopy).toList();
  }

  /** The input, a copy. */
  @Override
  public ObjectNode input() {
    return input.deepCopy();
  }
}
