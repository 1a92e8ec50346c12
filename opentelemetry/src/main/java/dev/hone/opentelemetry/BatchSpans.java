package dev.hone.opentelemetry;

import dev.hone.batch.BatchEvent;
import dev.hone.batch.BatchRow;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;

/** Batches and their rows as spans; a row without an answer is one that failed. */
final class BatchSpans implements BatchEvent.Visitor<Boolean> {
  private final SpanTree spans;

  BatchSpans(SpanTree spans) {
    this.spans = spans;
  }

  @Override
  public Boolean otherwise(BatchEvent event) {
    return false;
  }

  @Override
  public Boolean visit(BatchEvent.BatchStarted event) {
    AttributesBuilder attributes = Attributes.builder();
    event.rows().ifPresent(rows -> attributes.put(GenAi.ROWS, rows));
    spans.start(event.stamp(), "batch", SpanKind.INTERNAL, attributes.build());
    return true;
  }

  @Override
  public Boolean visit(BatchEvent.BatchFinished event) {
    spans.end(event.stamp(), Attributes.of(GenAi.ROWS, event.report().rows()), null);
    return true;
  }

  @Override
  public Boolean visit(BatchEvent.BatchFailed event) {
    spans.end(event.stamp(), Attributes.empty(), event.error());
    return true;
  }

  @Override
  public Boolean visit(BatchEvent.RowStarted event) {
    Attributes attributes = Attributes.of(GenAi.ROW, event.number());
    spans.start(event.stamp(), "row", SpanKind.INTERNAL, attributes);
    return true;
  }

  @Override
  public Boolean visit(BatchEvent.RowFinished event) {
    BatchRow<?, ?> row = event.row();
    spans.endAs(
        event.stamp(), Attributes.empty(), row.error().isPresent() ? row.errorClass() : null);
    return true;
  }

  @Override
  public Boolean visit(BatchEvent.RowUnfinished event) {
    spans.end(event.stamp(), Attributes.empty(), event.error());
    return true;
  }
}
