package dev.hone.benchmarks.sidebyside;

import java.util.List;

/** Inputs and outputs of the three tasks; names and values as in {@code tasks.py}. */
final class TaskRecords {
  private TaskRecords() {}

  /** What a customer can want. */
  enum Intent {
    BILLING,
    CANCEL_SUBSCRIPTION,
    COMPLAINT,
    DELIVERY,
    FEEDBACK,
    LOGIN,
    PRODUCT_QUESTION,
    REFUND
  }

  /** How severe a snippet is. */
  enum Severity {
    LOW,
    MEDIUM,
    HIGH
  }

  /** What a snippet can violate. */
  enum Policy {
    HARASSMENT,
    HATE,
    VIOLENCE,
    SELF_HARM,
    SEXUAL,
    SPAM,
    OTHER
  }

  /** What a traveller can ask about. */
  enum Topic {
    ACCOMMODATION,
    BAGGAGE,
    BOOKING_CHANGE,
    CHECK_IN,
    DISRUPTION,
    ENTRY_RULES,
    GROUND_TRANSPORT,
    HEALTH_SAFETY,
    LOYALTY_POINTS,
    SPECIAL_ASSISTANCE
  }

  /** What a customer wrote. */
  record Message(String message) {}

  /** What the customer wants. */
  record Request(Intent intent) {}

  /** What a user wrote. */
  record Snippet(String snippet) {}

  /** What moderation makes of it. */
  record Verdict(Severity severity, List<Policy> violations) {}

  /** What a traveller asked. */
  record Question(String question) {}

  /** What it is about. */
  record Subject(Topic topic) {}
}
