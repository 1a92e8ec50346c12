package dev.hone.local;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hone.embed.Embedding;
import dev.hone.text.Excerpt;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Sentences as unit vectors of 384 numbers, by the quantized all-MiniLM-L6-v2. One sentence at a
 * time, since padded batches change the vectors; so equal texts give equal bits on every thread and
 * JDK. Vectors are kept by text, up to 150 MB of them.
 */
final class SentenceEmbedder {
  static final int SIZE = 384;
  private static final long KEPT_BYTES = 150_000_000;

  /** What is read of a text: enough for 2,000 words, and an end to what one text can cost. */
  private static final int LONGEST = 8000;

  private static final String FOLDER = "/all-minilm-l6-v2-q";

  private final SingleThreaded model = new SingleThreaded(encoder());
  private final Cache<String, Embedding> vectors =
      Caffeine.newBuilder().maximumWeight(KEPT_BYTES).weigher(SentenceEmbedder::bytes).build();

  private static final class SingleThreaded extends AbstractInProcessEmbeddingModel {
    private final OnnxBertBiEncoder encoder;

    SingleThreaded(OnnxBertBiEncoder encoder) {
      super(Runnable::run);
      this.encoder = encoder;
    }

    @Override
    protected OnnxBertBiEncoder model() {
      return encoder;
    }

    @Override
    protected Integer knownDimension() {
      return SIZE;
    }
  }

  private static OnnxBertBiEncoder encoder() {
    try (InputStream onnx = resource(".onnx");
        InputStream tokenizer = resource("-tokenizer.json");
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      OrtSession session = environment.createSession(onnx.readAllBytes(), options);
      return new OnnxBertBiEncoder(environment, session, tokenizer, PoolingMode.MEAN);
    } catch (OrtException e) {
      throw new IllegalStateException("The embedded model could not be loaded", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded model could not be read", e);
    }
  }

  private static InputStream resource(String ending) {
    InputStream stream = SentenceEmbedder.class.getResourceAsStream(FOLDER + ending);
    if (stream == null) {
      throw new IllegalStateException(FOLDER + ending + " is not on the class path");
    }
    return stream;
  }

  private static int bytes(String text, Embedding vector) {
    return 2 * text.length() + 4 * SIZE + 100;
  }

  /** The vector of a text's first 8,000 characters, zeros for a blank text. */
  Embedding embed(String text) {
    return vectors.get(Excerpt.prefix(text, LONGEST), this::compute);
  }

  private Embedding compute(String text) {
    return Embedding.of(numbers(text));
  }

  /** The numbers of a text's vector, which are not kept. */
  float[] numbers(String text) {
    return isEmpty(text) ? new float[SIZE] : model.embed(text).content().vector();
  }

  /** Whether nothing stands in it; control characters are nothing to the library. */
  private static boolean isEmpty(String text) {
    return text.isBlank() || text.trim().isEmpty();
  }
}
