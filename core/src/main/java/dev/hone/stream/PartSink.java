package dev.hone.stream;

import dev.hone.adapter.partial.FieldSink;
import dev.hone.signature.Codec;
import dev.hone.signature.Signature;
import dev.hone.type.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes parts of what predictors tell, one at a time, and counts their calls. Thread-safe. */
final class PartSink implements FieldSink {
  private final Consumer<StreamPart> parts;
  private final ReentrantLock lock = new ReentrantLock();
  private int calls;

  PartSink(Consumer<StreamPart> parts) {
    this.parts = parts;
  }

  private void tell(StreamPart part) {
    lock.lock();
    try {
      parts.accept(part);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Call begin(String predictor, Signature<?, ?> signature) {
    lock.lock();
    try {
      return new PartsOfCall(predictor, ++calls, signature.output());
    } finally {
      lock.unlock();
    }
  }

  /** The parts of one call. */
  private final class PartsOfCall implements Call {
    private final String predictor;
    private final int call;
    private final Codec<?> codec;
    private final Map<String, Field> fields;

    PartsOfCall(String predictor, int call, Codec<?> codec) {
      this.predictor = predictor;
      this.call = call;
      this.codec = codec;
      this.fields =
          codec.fields().stream().collect(Collectors.toMap(Field::name, Function.identity()));
    }

    @Override
    public void text(String field, String delta) {
      tell(new StreamPart.FieldText(predictor, call, field, delta));
    }

    @Override
    public void value(String field, JsonNode value) {
      Field of = fields.get(field);
      Object decoded = of == null ? null : codec.decodeField(of, value);
      tell(new StreamPart.FieldValue(predictor, call, field, decoded, value));
    }

    @Override
    public void withdrawn(List<String> names) {
      tell(new StreamPart.Withdrawn(predictor, call, List.copyOf(names)));
    }

    @Override
    public void finished(ObjectNode outputs) {
      tell(new StreamPart.Answered(predictor, call, outputs));
    }
  }
}
