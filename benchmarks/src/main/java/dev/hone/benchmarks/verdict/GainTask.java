package dev.hone.benchmarks.verdict;

/**
 * The size of a simulated task.
 *
 * @param instructions instructions, the given one included
 * @param demoSets demo sets, the empty one included
 * @param examples validation examples
 * @param graded whether scores are graded, else 0 and 1
 */
record GainTask(int instructions, int demoSets, int examples, boolean graded) {}
