package dev.hone.project;

import dev.hone.data.Dataset;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rows of a project's data file, split as the project file says.
 *
 * @param learn the rows that optimizers see
 * @param test the rows that no optimizer sees
 */
public record ProjectData(
    Dataset<ObjectNode, ObjectNode> learn, Dataset<ObjectNode, ObjectNode> test) {}
