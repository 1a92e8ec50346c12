package dev.hone.examples;

import dev.hone.metric.Metric;
import dev.hone.signature.Desc;
import dev.hone.signature.Signature;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Moderating what users write: how severe it is, and which policies it violates. */
public final class ModerationTask {
  /** Its name. */
  public static final String NAME = "moderation";

  private static final String INSTRUCTIONS = "Classify the snippet for moderation.";
  private static final String METRIC =
      "mean of severity exact match and Jaccard similarity of the violations";

  /** How severe a snippet is. */
  public enum Severity {
    /** Harmless, or mild advertising. */
    LOW,
    /** Violates a policy. */
    MEDIUM,
    /** Hate, violence or self-harm. */
    HIGH
  }

  /** What a snippet can violate. */
  public enum Policy {
    /** Insulting, mocking or stalking a person. */
    HARASSMENT,
    /** Demeaning a protected group, or a person for belonging to one. */
    HATE,
    /** Solicitation, sexual services, sexual remarks. */
    SEXUAL,
    /** Threat, incitement or praise of violence. */
    VIOLENCE,
    /** Intent to hurt oneself, or urging another to. */
    SELF_HARM,
    /** Advertising, scams and phishing. */
    SPAM,
    /** Fake papers, cheating, doxxing, illegal goods. */
    OTHER
  }

  /**
   * What a user wrote.
   *
   * @param snippet the text
   */
  public record Snippet(String snippet) {}

  /**
   * What moderation makes of it.
   *
   * @param severity how severe it is
   * @param violations what it violates
   */
  public record Verdict(
      @Desc("overall severity, for routing") Severity severity,
      @Desc("zero or more policies the snippet violates") Set<Policy> violations) {}

  private ModerationTask() {}

  /** The task with records. Reads its data. */
  public static BuiltInTask<Snippet, Verdict> typed() {
    return BuiltInTask.of(
        NAME,
        Signature.of(Snippet.class, Verdict.class, INSTRUCTIONS),
        Metric.mean(Metric.exact(Verdict::severity), Metric.jaccard(Verdict::violations)),
        METRIC);
  }

  /** The task with JSON objects; its fields have no descriptions. Reads its data. */
  public static BuiltInTask<ObjectNode, ObjectNode> untyped() {
    return BuiltInTask.of(
        NAME,
        Signature.parse(
            "snippet -> severity: enum[LOW|MEDIUM|HIGH], violations:"
                + " set[enum[HARASSMENT|HATE|SEXUAL|VIOLENCE|SELF_HARM|SPAM|OTHER]]",
            INSTRUCTIONS),
        Metric.mean(Metric.exact("severity"), Metric.jaccard("violations")),
        METRIC);
  }
}
