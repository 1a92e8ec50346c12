package dev.hone.project;

import dev.hone.data.Dataset;
import tools.jackson.databind.node.ObjectNode;

/** The rows of a project's data file, split as the project file says. Immutable. */
public final class ProjectData {
  private final Dataset<ObjectNode, ObjectNode> learn;
  private final Dataset<ObjectNode, ObjectNode> test;
  private final int leftOut;

  ProjectData(
      Dataset<ObjectNode, ObjectNode> learn, Dataset<ObjectNode, ObjectNode> test, int leftOut) {
    this.learn = learn;
    this.test = test;
    this.leftOut = leftOut;
  }

  /** The rows of two parts; those to learn from whose input is a test row's too are left out. */
  static ProjectData apart(
      Dataset<ObjectNode, ObjectNode> learn, Dataset<ObjectNode, ObjectNode> test) {
    Dataset<ObjectNode, ObjectNode> clean = learn.without(test);
    return new ProjectData(clean, test, learn.size() - clean.size());
  }

  /** The rows that optimizers see. */
  public Dataset<ObjectNode, ObjectNode> learn() {
    return learn;
  }

  /** The rows that no optimizer sees; empty where the project file says so. */
  public Dataset<ObjectNode, ObjectNode> test() {
    return test;
  }

  /** How many rows are in neither part, since their input is that of a test row. */
  public int leftOut() {
    return leftOut;
  }

  /** One line, such as {@code ProjectData[72 to learn, 48 to test]}. */
  @Override
  public String toString() {
    return "ProjectData[%d to learn, %d to test]".formatted(learn.size(), test.size());
  }
}
