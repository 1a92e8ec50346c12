package dev.hone.embed;

import dev.hone.InvalidInputException;
import dev.hone.text.Plural;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** The vector of a text. Immutable; embeddings of equal numbers are equal. */
public final class Embedding {
  private final float[] values;
  private final double norm;

  private Embedding(float[] values) {
    this.values = values;
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    this.norm = Math.sqrt(squares);
  }

  /**
   * An embedding with a copy of these numbers.
   *
   * @throws InvalidInputException if there are none, or one is not finite
   */
  public static Embedding of(float... values) {
    Embedding embedding = new Embedding(values.clone());
    String fault = embedding.fault();
    if (!fault.isEmpty()) {
      throw InvalidInputException.of(
          "An embedder gave %s, expected finite numbers".formatted(fault), "check the embedder");
    }
    return embedding;
  }

  /** What is wrong with the numbers; empty for nothing. */
  private String fault() {
    if (values.length == 0) {
      return "no number";
    }
    return Double.isFinite(norm) ? "" : "a number that is not finite";
  }

  /** How many numbers it has. */
  public int size() {
    return values.length;
  }

  /**
   * The cosine of the angle between both: 1 for the same direction, 0 where one is all zeros.
   *
   * @throws InvalidInputException if they have different sizes
   */
  public double cosine(Embedding other) {
    double product = dot(other);
    return norm == 0 || other.norm == 0 ? 0 : product / (norm * other.norm);
  }

  /**
   * The dot product of both, summed in their order: the cosine of the angle between unit vectors.
   *
   * @throws InvalidInputException if they have different sizes
   */
  public double dot(Embedding other) {
    if (size() != other.size()) {
      throw InvalidInputException.of(
          "Embeddings of %d and %d numbers cannot be compared".formatted(size(), other.size()),
          "use the embedder that the program was compiled with");
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other.values[i];
    }
    return sum;
  }

  /**
   * Copies its numbers into an array, from an index on.
   *
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void copyTo(float[] target, int start) {
    System.arraycopy(values, 0, target, start, values.length);
  }

  /** A copy of its numbers, such as for a vector store. */
  public float[] toArray() {
    return values.clone();
  }

  /** Its numbers as IEEE 754 singles, little-endian, in Base64. */
  public String toBase64() {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads what {@link #toBase64} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Embedding ofBase64(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("it is other text", e);
    }
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "it holds %s, %d to a number".formatted(Plural.of(bytes.length, "byte"), Float.BYTES));
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    Embedding embedding = new Embedding(values);
    if (!embedding.fault().isEmpty()) {
      throw new IllegalArgumentException("it holds " + embedding.fault());
    }
    return embedding;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding embedding && Arrays.equals(values, embedding.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "embedding of " + values.length + " numbers";
  }
}
