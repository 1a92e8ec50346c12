package dev.hone.report;

import dev.hone.data.Dataset;
import dev.hone.metric.Metric;
import dev.hone.program.Predict;
import java.nio.file.Path;

/** The support task with the data of the examples, read from their folder. */
final class SupportData {
  static final Metric<Request, Route> METRIC = Metric.exact(Route::intent);

  private static final Path FOLDER =
      Path.of("../examples/src/main/resources/dev/hone/examples/support");

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

  record Route(Intent intent) {}

  private SupportData() {}

  static Predict<Request, Route> program() {
    return Predict.of(Request.class, Route.class, "Route the customer's message.");
  }

  static Dataset<Request, Route> trainset() {
    return Dataset.ofJsonl(FOLDER.resolve("train.jsonl"), Request.class, Route.class);
  }

  static Dataset<Request, Route> testset() {
    return Dataset.ofJsonl(FOLDER.resolve("test.jsonl"), Request.class, Route.class);
  }
}
