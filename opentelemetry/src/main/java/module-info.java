/** Spans and metrics of Hone's work, by the GenAI conventions of OpenTelemetry. */
@SuppressWarnings("module")
module dev.hone.opentelemetry {
  requires transitive dev.hone;
  requires dev.hone.optimize;
  requires transitive io.opentelemetry.api;
  requires io.opentelemetry.context;
  requires static org.jspecify;

  exports dev.hone.opentelemetry;
}
