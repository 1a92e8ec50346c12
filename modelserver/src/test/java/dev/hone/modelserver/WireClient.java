package dev.hone.modelserver;

import dev.hone.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A bare client, which hides nothing of what goes over the wire. */
final class WireClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String baseUrl;

  WireClient(ModelServer server) {
    this.baseUrl = server.baseUrl();
  }

  HttpResponse<String> send(String path, String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .header("x-api-key", "key")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  JsonNode post(String path, String body) throws IOException {
    return Json.parse(send(path, body).body());
  }

  /** The data of all events of a stream, but for the mark of its end. */
  List<JsonNode> events(String path, String body) throws IOException {
    return send(path, body)
        .body()
        .lines()
        .filter(line -> line.startsWith("data: ") && !line.endsWith("[DONE]"))
        .map(line -> Json.parse(line.substring(6)))
        .toList();
  }
}
