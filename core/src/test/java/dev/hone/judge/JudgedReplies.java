package dev.hone.judge;

import dev.hone.data.Dataset;
import dev.hone.evaluate.Evaluation;
import dev.hone.evaluate.Evaluator;
import dev.hone.metric.Metric;
import dev.hone.program.Program;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Replies of known quality and length, and judges that look at one, the other or both. */
final class JudgedReplies {
  private static final double LONG = 900;

  private JudgedReplies() {}

  record Task(int index) {}

  /** The first three characters are the quality, from 000 to 100; the rest is padding. */
  record Reply(String text) {
    static Reply of(double quality, double length) {
      int points = (int) Math.round(100 * Math.max(0, Math.min(1, quality)));
      return new Reply("%03d".formatted(points) + "x".repeat((int) Math.max(0, length - 3)));
    }

    double quality() {
      return Integer.parseInt(text.substring(0, 3)) / 100.0;
    }
  }

  /** Judges quality, give or take. */
  static Program<Reply, Double> fair(long seed) {
    return reply -> clip(reply.quality() + noise(seed, reply));
  }

  /** Judges length far more than quality. */
  static Program<Reply, Double> lovingLength(long seed) {
    return reply ->
        clip(
            0.2 * reply.quality()
                + 0.8 * Math.min(1, reply.text().length() / LONG)
                + noise(seed, reply));
  }

  private static double noise(long seed, Reply reply) {
    return 0.1 * new SplittableRandom(seed * 31 + reply.text().hashCode()).nextGaussian();
  }

  private static double clip(double score) {
    return Math.max(0, Math.min(1, score));
  }

  static Evaluation<Task, Reply> evaluate(List<Reply> replies, Program<Reply, Double> judge) {
    Dataset<Task, Reply> tasks =
        Dataset.unlabelled(IntStream.range(0, replies.size()).mapToObj(Task::new).toList());
    Program<Task, Reply> program = task -> replies.get(task.index());
    Metric<Task, Reply> metric =
        Metric.<Task, Reply, Reply, Double>judge(
            judge, (example, output) -> output, score -> score);
    return Evaluator.of(tasks, metric).evaluate(program);
  }
}
