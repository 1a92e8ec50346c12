package dev.hone.data.summary;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An example as a summary sees it.
 *
 * @param input the input
 * @param label the label; null for none
 * @param extras what is carried along, by name
 */
public record SummaryRow(
    ObjectNode input, @Nullable ObjectNode label, Map<String, JsonNode> extras) {}
