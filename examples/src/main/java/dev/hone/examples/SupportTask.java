package dev.hone.examples;

import dev.hone.metric.Metric;
import dev.hone.signature.Desc;
import dev.hone.signature.Signature;
import tools.jackson.databind.node.ObjectNode;

/** Routing what customers of an online shop write to one of eight intents. */
public final class SupportTask {
  /** Its name. */
  public static final String NAME = "support";

  private static final String INSTRUCTIONS = "Route the customer's message.";
  private static final String METRIC = "exact match of the intent";

  /** What a customer can want. */
  public enum Intent {
    /** Money back, a return, or cancelling an order. */
    REFUND,
    /** Where, when and how the goods come. */
    DELIVERY,
    /** Getting into the account. */
    LOGIN,
    /** Charges, invoices and ways to pay. */
    BILLING,
    /** Ending, pausing or not renewing a subscription. */
    CANCEL_SUBSCRIPTION,
    /** Features, stock and use of a product. */
    PRODUCT_QUESTION,
    /** Anger that asks for nothing that another intent covers. */
    COMPLAINT,
    /** Praise and suggestions. */
    FEEDBACK
  }

  /**
   * What a customer wrote.
   *
   * @param message the text
   */
  public record Request(String message) {}

  /**
   * Where it is routed to.
   *
   * @param intent what the customer wants
   */
  public record Route(@Desc("what the customer wants") Intent intent) {}

  private SupportTask() {}

  /** The task with records. Reads its data. */
  public static BuiltInTask<Request, Route> typed() {
    return BuiltInTask.of(
        NAME,
        Signature.of(Request.class, Route.class, INSTRUCTIONS),
        Metric.exact(Route::intent),
        METRIC);
  }

  /** The task with JSON objects; its fields have no descriptions. Reads its data. */
  public static BuiltInTask<ObjectNode, ObjectNode> untyped() {
    return BuiltInTask.of(
        NAME,
        Signature.parse(
            "message -> intent: enum[REFUND|DELIVERY|LOGIN|BILLING|CANCEL_SUBSCRIPTION"
                + "|PRODUCT_QUESTION|COMPLAINT|FEEDBACK]",
            INSTRUCTIONS),
        Metric.exact("intent"),
        METRIC);
  }
}
