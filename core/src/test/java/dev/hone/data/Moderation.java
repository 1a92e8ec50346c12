package dev.hone.data;

import dev.hone.signature.Signature;
import java.util.Optional;
import java.util.Set;

/** A small task for tests. */
final class Moderation {
  static final Signature<Snippet, Verdict> SIGNATURE =
      Signature.of(Snippet.class, Verdict.class, "Classify the snippet.");

  private Moderation() {}

  enum Severity {
    LOW,
    MEDIUM,
    HIGH
  }

  enum Policy {
    SPAM,
    HATE
  }

  record Snippet(String snippet, Optional<Integer> length) {}

  record Verdict(Severity severity, Set<Policy> violations) {}

  static Example<Snippet, Verdict> example(String snippet, Severity severity, Policy... policies) {
    return Example.of(
        new Snippet(snippet, Optional.empty()), new Verdict(severity, Set.of(policies)));
  }
}
