"""The three tasks for DSPy: signature, metric, input field; Hone's are in SideBySideTask.java."""

from typing import Literal, NamedTuple

import dspy

INTENTS = ("BILLING", "CANCEL_SUBSCRIPTION", "COMPLAINT", "DELIVERY", "FEEDBACK", "LOGIN", "PRODUCT_QUESTION", "REFUND")
POLICIES = ("HARASSMENT", "HATE", "VIOLENCE", "SELF_HARM", "SEXUAL", "SPAM", "OTHER")
TOPICS = ("ACCOMMODATION", "BAGGAGE", "BOOKING_CHANGE", "CHECK_IN", "DISRUPTION", "ENTRY_RULES", "GROUND_TRANSPORT",
          "HEALTH_SAFETY", "LOYALTY_POINTS", "SPECIAL_ASSISTANCE")


class Support(dspy.Signature):
    """Find out what the customer wants."""

    message: str = dspy.InputField()
    intent: Literal[INTENTS] = dspy.OutputField()


class Moderation(dspy.Signature):
    """Classify the snippet for moderation."""

    snippet: str = dspy.InputField()
    severity: Literal["LOW", "MEDIUM", "HIGH"] = dspy.OutputField()
    violations: list[Literal[POLICIES]] = dspy.OutputField()


class Travel(dspy.Signature):
    """Find out what the traveller asks about."""

    question: str = dspy.InputField()
    topic: Literal[TOPICS] = dspy.OutputField()


def support_metric(example, answer, trace=None):
    return float(example.intent == answer.intent)


def moderation_metric(example, answer, trace=None):
    a, b = set(example.violations), set(answer.violations)
    jaccard = len(a & b) / len(a | b) if a | b else 1.0
    return (float(example.severity == answer.severity) + jaccard) / 2


def travel_metric(example, answer, trace=None):
    return float(example.topic == answer.topic)


class Task(NamedTuple):
    signature: type
    metric: callable
    input: str


TASKS = {
    "support": Task(Support, support_metric, "message"),
    "moderation": Task(Moderation, moderation_metric, "snippet"),
    "travel": Task(Travel, travel_metric, "question"),
}
