package dev.hone.cli.demo;

import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.signature.Desc;
import java.util.Set;

/** Moderating what users write: how severe it is, and which policies it violates. */
final class Moderation {
  enum Severity {
    LOW,
    MEDIUM,
    HIGH
  }

  enum Policy {
    HARASSMENT,
    HATE,
    SEXUAL,
    VIOLENCE,
    SELF_HARM,
    SPAM,
    OTHER
  }

  record Snippet(String snippet) {}

  record Verdict(
      @Desc("overall severity, for routing") Severity severity,
      @Desc("zero or more policies the snippet violates") Set<Policy> violations) {}

  private Moderation() {}

  static DemoTask<Snippet, Verdict> task() {
    return DemoTask.of(
        "moderation",
        Predict.of(Snippet.class, Verdict.class, "Classify the snippet for moderation."),
        Metric.mean(Metric.exact(Verdict::severity), Metric.jaccard(Verdict::violations)),
        "mean of severity exact match and Jaccard similarity of the violations");
  }
}
