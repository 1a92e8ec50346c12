package dev.hone.langchain4j.wire;

import dev.hone.json.Json;
import dev.hone.lm.LmException;
import dev.hone.lm.bridge.RetryAfter;
import dev.langchain4j.exception.TimeoutException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Calls of a provider beside those of models: its files and batches. Every failure is an {@link
 * LmException}, by the same rules as a model's. Does not try again. A call may take a quarter of an
 * hour, since files may be large. Thread-safe.
 */
public final class ApiClient {
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int NOT_FOUND = 404;

  private final Endpoint endpoint;
  private final Map<String, String> headers;
  private final ErrorMapping errors;
  private final NetworkRoute route = NetworkRoute.ofProcess();

  /**
   * A client of an endpoint.
   *
   * @param headers sent with each call, such as the one with the key
   */
  public ApiClient(Endpoint endpoint, Map<String, String> headers) {
    this.endpoint = endpoint;
    this.headers = Map.copyOf(headers);
    this.errors = new ErrorMapping(endpoint.id(), endpoint.secrets());
  }

  /** What is at a path below the base URL. */
  public JsonNode get(String path) {
    return mapped(() -> json(send(request(path).GET().build(), BodyHandlers.ofByteArray())));
  }

  /** What is at a path; empty if there is nothing. */
  public Optional<JsonNode> find(String path) {
    return mapped(
        () -> {
          var response = send(request(path).GET().build(), BodyHandlers.ofByteArray());
          return response.statusCode() == NOT_FOUND
              ? Optional.empty()
              : Optional.of(json(response));
        });
  }

  /** What a path answers to a body. */
  public JsonNode post(String path, Map<String, String> more, List<byte[]> body) {
    HttpRequest.Builder builder = request(path).POST(BodyPublishers.ofByteArrays(body));
    more.forEach(builder::header);
    return mapped(() -> json(send(builder.build(), BodyHandlers.ofByteArray())));
  }

  /**
   * The lines that are at a path, one after the other; by way of a temporary file, since there may
   * be hundreds of megabytes.
   */
  public void lines(String path, Consumer<String> each) {
    mapped(
        () -> {
          Path file = Files.createTempFile("hone-batch-", ".jsonl");
          try {
            var response = send(request(path).GET().build(), BodyHandlers.ofFile(file));
            if (!isGood(response.statusCode())) {
              throw failed(response, Files.readString(file));
            }
            try (BufferedReader reader = Files.newBufferedReader(file)) {
              for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isBlank()) {
                  each.accept(line);
                }
              }
            }
            return file;
          } finally {
            Files.deleteIfExists(file);
          }
        });
  }

  /** What a status and a body mean that came within another reply. */
  public LmException failure(int status, String body) {
    return errors.of(new HttpFailure(status, status, body, null));
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private <T> T mapped(Call<T> call) {
    try {
      return call.run();
    } catch (LmException e) {
      throw e;
    } catch (IOException e) {
      throw errors.of(ConnectionFailure.of(URI.create(endpoint.baseUrl()), e, route));
    } catch (JacksonException e) {
      throw new LmException.InvalidRequest(
          "%s answered with something that is no JSON. Maybe the URL is that of another service."
              .formatted(endpoint.id()),
          e);
    } catch (RuntimeException e) {
      throw errors.of(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(endpoint.baseUrl() + path)).timeout(LONGEST);
    if (endpoint.baseUrl().startsWith("http:")) {
      builder.version(Version.HTTP_1_1);
    }
    route
        .headers()
        .forEach(
            (name, value) -> {
              if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                builder.header(name, value);
              }
            });
    headers.forEach(builder::header);
    return builder;
  }

  private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) throws IOException {
    CompletableFuture<HttpResponse<T>> reply =
        RetryAfterHttpClient.shared(Endpoint.CONNECT_TIMEOUT, route).sendAsync(request, handler);
    try {
      return reply.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IllegalStateException(e.getCause());
    } catch (java.util.concurrent.TimeoutException e) {
      reply.cancel(true);
      throw new TimeoutException(e);
    } catch (InterruptedException e) {
      reply.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a reply", e);
    }
  }

  private JsonNode json(HttpResponse<byte[]> response) {
    String body = new String(response.body(), StandardCharsets.UTF_8);
    if (!isGood(response.statusCode())) {
      throw failed(response, body);
    }
    return Json.parse(body);
  }

  private static boolean isGood(int status) {
    return status >= 200 && status < 300;
  }

  private static RuntimeException failed(HttpResponse<?> response, String body) {
    return new HttpFailure(
        response.statusCode(),
        response.statusCode(),
        body,
        RetryAfter.of(response.headers()::firstValue, body, Clock.systemUTC()));
  }
}
