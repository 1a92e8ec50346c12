package dev.hone.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.InvalidInputException;
import dev.hone.cli.files.InputValues;
import dev.hone.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves one program over HTTP. Thread-safe. */
final class ProgramServer implements AutoCloseable {
  /** For what costs no call: the page, the schema, refusals. */
  private static final int SPARE_THREADS = 8;

  private static final int PATIENCE_SECONDS = 5;

  /** Ends connections whose request does not arrive; the only way to bound that, in seconds. */
  private static final String ARRIVAL = "sun.net.httpserver.maxReqTime";

  private static final String JSON_TYPE = "application/json";

  private final ServedProgram program;
  private final ServerSettings settings;
  private final RequestGuard guard;
  private final ApiText api;
  private final Consumer<String> log;
  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore places;

  private ProgramServer(
      ServedProgram program, ServerSettings settings, HttpServer server, Consumer<String> log) {
    this.program = program;
    this.settings = settings;
    this.guard = new RequestGuard(settings);
    this.api = new ApiText(program, settings.token().isPresent());
    this.log = log;
    this.server = server;
    this.threads = Executors.newFixedThreadPool(settings.limits().requests() + SPARE_THREADS);
    this.places = new Semaphore(settings.limits().requests());
  }

  /**
   * Starts it.
   *
   * @param log takes a line per request, from several threads
   * @throws InvalidInputException if the port is taken, or not of this machine
   */
  static ProgramServer start(ServedProgram program, ServerSettings settings, Consumer<String> log) {
    if (System.getProperty(ARRIVAL) == null) { // read once, when the first server is made
      System.setProperty(ARRIVAL, String.valueOf(settings.limits().seconds()));
    }
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(settings.address(), settings.port()), 0);
      ProgramServer started = new ProgramServer(program, settings, server, log);
      server.createContext("/", started::handle);
      server.setExecutor(started.threads);
      server.start();
      return started;
    } catch (IOException e) {
      throw new InvalidInputException(
          "Port %d of %s cannot be listened on: %s. Maybe another server is there; use --port 0."
              .formatted(settings.port(), settings.address().getHostAddress(), e.getMessage()),
          e);
    }
  }

  /** Where it is, with a slash at the end. */
  String url() {
    InetAddress address = settings.address();
    String host =
        address.isLoopbackAddress() || address.isAnyLocalAddress()
            ? "localhost"
            : address.getHostAddress();
    return "http://%s:%d/".formatted(host, server.getAddress().getPort());
  }

  /** An input of its shape. */
  String example() {
    return api.example();
  }

  /** Takes no more requests, waits for those under way, for a limited time, and ends. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      if (!places.tryAcquire(settings.limits().requests(), PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.accept("Some requests were not done in time, and are cut off.");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    server.stop(0);
    threads.shutdownNow();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    long begin = System.nanoTime();
    try (Place place = new Place(places)) {
      HttpReply reply = reply(exchange, place);
      int status = reply.isSent() ? 200 : send(exchange, reply);
      log.accept(
          "%s %d, %d ms"
              .formatted(
                  shown(exchange),
                  status,
                  TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
    }
  }

  /** What was asked for, as it came, without what a terminal would act upon. */
  private static String shown(HttpExchange exchange) {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
    return line.replaceAll("[^ -~]", "?");
  }

  /** A place among the requests that are answered at once, until the answer is written. */
  private static final class Place implements AutoCloseable {
    private final Semaphore places;
    private boolean taken;

    private Place(Semaphore places) {
      this.places = places;
    }

    private boolean take() {
      taken = places.tryAcquire();
      return taken;
    }

    @Override
    public void close() {
      if (taken) {
        places.release();
      }
    }
  }

  private HttpReply reply(HttpExchange exchange, Place place) throws IOException {
    try {
      return answer(exchange, place);
    } catch (RuntimeException | Error e) {
      return ErrorReplies.of(e);
    }
  }

  private static int send(HttpExchange exchange, HttpReply reply) throws IOException {
    byte[] bytes = reply.bytes();
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
    return reply.status();
  }

  private HttpReply answer(HttpExchange exchange, Place place) throws IOException {
    Optional<HttpReply> refused = guard.refused(exchange);
    if (refused.isPresent()) {
      return refused.get();
    }
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    String allowed = path.equals("/run") ? "POST" : "GET";
    boolean open = path.equals("/") || path.equals("/health");
    if (!open && !guard.isKnown(exchange)) {
      return HttpReply.error(401, "The token is missing, or not the right one")
          .with("WWW-Authenticate", "Bearer");
    } else if (!method.equals(allowed)) {
      return HttpReply.error(405, path + " takes " + allowed).with("Allow", allowed);
    }
    return switch (path) {
      case "/" -> ServedPage.reply();
      case "/health" -> HttpReply.json(200, Json.object().put("status", "up"));
      case "/schema" -> HttpReply.json(200, api.schema());
      case "/openapi.json" -> HttpReply.json(200, api.openApi());
      case "/run" -> run(exchange, place);
      default ->
          HttpReply.error(404, "There is POST /run, and GET /, /schema, /openapi.json, /health");
    };
  }

  private HttpReply run(HttpExchange exchange, Place place) throws IOException {
    @Nullable String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (type == null || !type.replaceFirst(";.*", "").strip().equalsIgnoreCase(JSON_TYPE)) {
      return HttpReply.error(415, "The body is to be JSON; say Content-Type: application/json");
    }
    int most = settings.limits().maxBodyBytes();
    byte[] body = exchange.getRequestBody().readNBytes(most + 1);
    if (body.length > most) {
      return HttpReply.error(413, "The body is larger than %d bytes".formatted(most));
    }
    if (!place.take()) {
      return HttpReply.error(
              503, "%d requests are under way already".formatted(settings.limits().requests()))
          .with("Retry-After", "1");
    }
    return answered(exchange, body);
  }

  private HttpReply answered(HttpExchange exchange, byte[] body) throws IOException {
    JsonNode node;
    try {
      node = Json.parse(new String(body, StandardCharsets.UTF_8));
    } catch (JacksonException e) {
      return HttpReply.error(400, "The body is no JSON: " + Json.problem(e));
    }
    if (!(node instanceof ObjectNode object)) {
      return HttpReply.error(400, "The body is no JSON object with " + api.inputNames());
    }
    ObjectNode input;
    try {
      input = new InputValues(program.signature()).ofObject(object);
    } catch (InvalidInputException e) {
      return HttpReply.error(400, String.valueOf(e.getMessage()));
    }
    if (ServedEvents.areWanted(exchange)) {
      ServedEvents.send(exchange, program, input);
      return HttpReply.SENT;
    }
    return HttpReply.json(200, program.run(input));
  }
}
