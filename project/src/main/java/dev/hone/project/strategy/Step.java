package dev.hone.project.strategy;

import dev.hone.signature.Signature;
import tools.jackson.databind.node.ObjectNode;

/**
 * A step of a program of several.
 *
 * @param name its name
 * @param signature what it takes, of the inputs and of earlier steps, and what it gives
 * @param strategy how it comes to its answer
 */
public record Step(
    String name, Signature<ObjectNode, ObjectNode> signature, StrategySpec strategy) {}
