package dev.hone.spark;

import dev.hone.InvalidInputException;
import dev.hone.context.Spend;
import dev.hone.json.Json;
import dev.hone.spark.column.RowAnswer;
import dev.hone.stats.Interval;
import dev.hone.stats.ObservationTally;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is counted of the rows of a partition: enough for a mean with its interval and for numbers
 * of whole sets, and of a size that does not grow with the rows. Not thread-safe.
 */
final class EvaluationCounts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More classes than any confusion of them is made for. */
  private static final int MOST_OBSERVATIONS = 200_000;

  Interval.Sample scores = Interval.Sample.NONE;
  long rows;
  long failed;
  long metricFailed;
  long unavailable;
  long unlabelled;
  long unreadable;
  private final Map<Object, Long> observations = new LinkedHashMap<>();
  private transient Spend spend = Spend.NONE;
  private String usage = "";

  void observe(Object observation) {
    count(observation, 1);
  }

  private void count(Object observation, long times) {
    observations.merge(observation, times, Long::sum);
    if (observations.size() > MOST_OBSERVATIONS) {
      throw InvalidInputException.of(
          "The metric has more than %d different pairs of label and output"
              .formatted(MOST_OBSERVATIONS),
          "measure a field with fewer values");
    }
  }

  void spent(Spend more) {
    spend = spend.plus(more);
  }

  Spend spend() {
    return spend;
  }

  /** Adds what was counted elsewhere. */
  void add(EvaluationCounts other) {
    scores = scores.plus(other.scores);
    rows += other.rows;
    failed += other.failed;
    metricFailed += other.metricFailed;
    unavailable += other.unavailable;
    unlabelled += other.unlabelled;
    unreadable += other.unreadable;
    other.observations.forEach(this::count);
    spend = spend.plus(other.spend);
  }

  /** All observations, each with its number. */
  ObservationTally tally() {
    List<Object> distinct = new ArrayList<>(observations.keySet());
    ObservationTally tally = ObservationTally.of(distinct);
    for (int i = 0; i < distinct.size(); i++) {
      tally = tally.add(i, observations.getOrDefault(distinct.get(i), 1L) - 1.0);
    }
    return tally;
  }

  /** For the way to the driver. */
  byte[] toBytes() {
    usage = Json.write(RowAnswer.failed("", "", spend).toJson("").path("usage"));
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(this);
      }
      return bytes.toByteArray();
    } catch (NotSerializableException e) {
      throw new InvalidInputException(
          "What the metric counts cannot be sent to the driver: %s. Maybe let its getter return a text or a number."
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@link #toBytes} of this job's own executors gave. */
  static EvaluationCounts ofBytes(byte[] bytes) {
    try (ObjectInputStream in = new CountsInput(bytes)) {
      EvaluationCounts counts = (EvaluationCounts) in.readObject();
      counts.spend = RowAnswer.spend((ObjectNode) Json.parseFile(counts.usage));
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("The executors run another version of Hone", e);
    }
  }

  /** Finds classes where this one is from: Spark loads jars by a loader of its own. */
  private static final class CountsInput extends ObjectInputStream {
    CountsInput(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, EvaluationCounts.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type);
      }
    }
  }
}
