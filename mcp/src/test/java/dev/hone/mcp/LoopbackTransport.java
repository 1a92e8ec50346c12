package dev.hone.mcp;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A client's end of a connection to a server in the same process: a message a line. */
final class LoopbackTransport implements McpClientTransport {
  private final Socket socket;

  LoopbackTransport(Socket socket) {
    this.socket = socket;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    Thread reader = new Thread(() -> read(handler), "loopback-client");
    reader.setDaemon(true);
    reader.start();
    return Mono.empty();
  }

  private void read(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        handler
            .apply(
                Mono.just(McpSchema.deserializeJsonRpcMessage(McpJsonDefaults.getMapper(), line)))
            .subscribe();
      }
    } catch (IOException e) {
      // The other end is closed.
    }
  }

  @Override
  public synchronized Mono<Void> sendMessage(JSONRPCMessage message) {
    try {
      String line = McpJsonDefaults.getMapper().writeValueAsString(message) + "\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
      return Mono.empty();
    } catch (IOException e) {
      return Mono.error(new UncheckedIOException(e));
    }
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.fromRunnable(
        () -> {
          try {
            socket.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return McpJsonDefaults.getMapper().convertValue(data, type);
  }
}
