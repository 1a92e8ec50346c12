package dev.hone.cli.project;

import dev.hone.cli.files.TestLooks;
import dev.hone.evaluate.Evaluation;
import dev.hone.project.ProgramFile;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code evaluate} found.
 *
 * @param project the project
 * @param program how the program is called
 * @param model the model's name
 * @param test whether the rows are test rows
 * @param looks how often the test rows were looked at; empty for others
 * @param evaluation the scores
 */
record EvaluationResult(
    ProgramFile project,
    String program,
    String model,
    boolean test,
    Optional<TestLooks> looks,
    Evaluation<ObjectNode, ObjectNode> evaluation) {}
