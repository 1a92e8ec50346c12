package dev.hone.modelserver;

import com.sun.net.httpserver.HttpServer;
import dev.hone.InvalidInputException;
import dev.hone.embed.Embedder;
import dev.hone.lm.LanguageModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on loopback that gives the answers of any Hone model in the wire formats of
 * providers: OpenAI's chat completions, responses and embeddings, and Anthropic's messages, each
 * whole or as a stream of server-sent events, with tools, JSON schemas and usage. Nobody beyond
 * this machine can reach it.
 *
 * <p>Paths: {@code POST /v1/chat/completions}, {@code POST /v1/responses}, {@code POST
 * /v1/embeddings}, {@code POST /v1/messages}, {@code GET /v1/models}; for batches {@code
 * /v1/files}, {@code /v1/batches} and {@code /v1/messages/batches}, kept in memory. Errors of the
 * model become the status codes of the protocol, and an {@link AssertionError}, such as that of a
 * script which is over, status 400, which no client tries again; other faults come by a {@link
 * FaultPlan}, or by {@link #failNext}.
 *
 * <p>Streams are made of whole replies, in pieces. Thread-safe; each call has a thread. Close it
 * after use.
 */
public final class ModelServer implements AutoCloseable {
  static {
    // Without the first, the JDK's server delays every small answer by 40 ms; without the second,
    // it closes connections that wait for a further call where there are more than 200.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    setUnlessGiven("sun.net.httpserver.maxIdleConnections", "5000");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final CallHandler handler;

  private ModelServer(Builder builder) {
    handler = new CallHandler(builder);
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), builder.port), 4096);
    } catch (IOException e) {
      throw InvalidInputException.of(
          "The port %d on loopback cannot be used: %s".formatted(builder.port, e.getMessage()),
          "another program has it; use port 0 for a free one");
    }
    AtomicInteger count = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            code -> {
              Thread thread = new Thread(code, "model-server-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", handler::handle);
    server.start();
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** The providers whose wire formats there are. */
  public enum Api {
    /** Chat completions, responses, embeddings and the list of models. */
    OPENAI,
    /** Messages and the list of models. */
    ANTHROPIC
  }

  /** A server at a free port that answers from a model, in all wire formats, without faults. */
  public static ModelServer start(LanguageModel model) {
    return builder(model).start();
  }

  /** A builder of a server that answers from a model. */
  public static Builder builder(LanguageModel model) {
    return new Builder(model);
  }

  /** The URL to give to clients of both kinds, such as {@code http://127.0.0.1:40123/v1}. */
  public String baseUrl() {
    InetSocketAddress address = server.getAddress();
    return "http://%s:%d/v1".formatted(address.getAddress().getHostAddress(), address.getPort());
  }

  /** The port. */
  public int port() {
    return server.getAddress().getPort();
  }

  /**
   * The calls so far that had a body of JSON, in the order in which they came; none where they are
   * not kept.
   */
  public List<ReceivedCall> calls() {
    return handler.calls();
  }

  /** The most calls that were under way at once so far. */
  public int maxInFlight() {
    return handler.maxInFlight();
  }

  /** How many calls were refused for there being more than may be under way at once. */
  public int refused() {
    return handler.refused();
  }

  /** How many batches were handed in so far. */
  public int batches() {
    return handler.batches().batches();
  }

  /**
   * Answers one of the next calls with this instead of asking the model; may be called several
   * times, for several calls.
   *
   * @param status the status code, such as 429
   * @param headers the headers, such as Retry-After
   * @param body the body, which need not be JSON
   */
  public ModelServer failNext(int status, Map<String, String> headers, String body) {
    handler.failNext(status, headers, body);
    return this;
  }

  /** Delays the answer of every later call by this time. */
  public ModelServer delay(Duration value) {
    handler.delay(value);
    return this;
  }

  /** Refuses every later call that does not carry this key. */
  public ModelServer requireApiKey(String value) {
    handler.requireApiKey(value);
    return this;
  }

  /** Stops at once; calls that are under way lose their connection. */
  @Override
  public void close() {
    server.stop(0);
    handler.batches().close();
    threads.shutdownNow();
  }

  /** One line, such as {@code ModelServer[embedded at http://127.0.0.1:40123/v1]}. */
  @Override
  public String toString() {
    return "ModelServer[%s at %s]".formatted(handler.modelId(), baseUrl());
  }

  /** Builds servers. Not thread-safe. */
  public static final class Builder {
    final LanguageModel model;
    private int port;
    Set<Api> apis = EnumSet.allOf(Api.class);
    @Nullable Embedder embedder = Embedder.installed().orElse(null);
    @Nullable String apiKey;
    Duration delay = Duration.ZERO;
    FaultPlan faults = FaultPlan.NONE;
    BatchBehavior batches = BatchBehavior.defaults();
    int maxAtOnce = Integer.MAX_VALUE;
    int pieceLength = 8;
    boolean keepsCalls = true;

    private Builder(LanguageModel model) {
      this.model = model;
    }

    /** Sets the port; 0, the default, takes a free one. */
    public Builder port(int value) {
      if (value < 0 || value > 65_535) {
        throw InvalidInputException.of("port (" + value + ") is not in [0, 65535]", "use 8080");
      }
      port = value;
      return this;
    }

    /** Sets the wire formats. Default: all. */
    public Builder apis(Api first, Api... more) {
      apis = EnumSet.of(first, more);
      return this;
    }

    /** Sets what embeds texts. Default: the embedder on the class path, if there is one. */
    public Builder embedder(Embedder value) {
      embedder = value;
      return this;
    }

    /** Refuses calls that do not carry this key. Default: none is needed. */
    public Builder apiKey(String value) {
      apiKey = value;
      return this;
    }

    /** Sets the time before each answer. Default: none. */
    public Builder delay(Duration value) {
      delay = value;
      return this;
    }

    /** Sets which calls meet which faults. Default: none do. */
    public Builder faults(FaultPlan value) {
      faults = value;
      return this;
    }

    /** Sets how batches are treated. Default: worked on at once, and well. */
    public Builder batches(BatchBehavior value) {
      batches = value;
      return this;
    }

    /**
     * Refuses calls at once, with status 429, while this number is under way. Default: no limit.
     *
     * @throws InvalidInputException if it is less than 1
     */
    public Builder maxAtOnce(int value) {
      maxAtOnce = atLeastOne("maxAtOnce", value, 64);
      return this;
    }

    /**
     * Sets how many characters each event of a stream has. Default: 8.
     *
     * @throws InvalidInputException if it is less than 1
     */
    public Builder pieceLength(int value) {
      pieceLength = atLeastOne("pieceLength", value, 8);
      return this;
    }

    /**
     * Keeps no calls, as for a server that runs for long: {@link ModelServer#calls} is empty, and
     * {@link ReceivedCall#attempt} is 1. Default: all are kept.
     */
    public Builder keepNoCalls() {
      keepsCalls = false;
      return this;
    }

    private static int atLeastOne(String name, int value, int example) {
      if (value < 1) {
        throw InvalidInputException.of(name + " (" + value + ") is less than 1", "use " + example);
      }
      return value;
    }

    Optional<Embedder> embedder() {
      return Optional.ofNullable(embedder);
    }

    /**
     * Starts the server.
     *
     * @throws InvalidInputException if the port cannot be used
     */
    public ModelServer start() {
      return new ModelServer(this);
    }
  }
}
