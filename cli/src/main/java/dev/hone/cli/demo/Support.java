package dev.hone.cli.demo;

import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import dev.hone.signature.Desc;

/** Routing what customers of a shop write to one of eight intents. */
final class Support {
  enum Intent {
    REFUND,
    DELIVERY,
    LOGIN,
    BILLING,
    CANCEL_SUBSCRIPTION,
    PRODUCT_QUESTION,
    COMPLAINT,
    FEEDBACK
  }

  record Request(String message) {}

  record Route(@Desc("what the customer wants") Intent intent) {}

  private Support() {}

  static DemoTask<Request, Route> task() {
    return DemoTask.of(
        "support",
        Predict.of(Request.class, Route.class, "Route the customer's message."),
        Metric.exact(Route::intent),
        "exact match of the intent");
  }
}
