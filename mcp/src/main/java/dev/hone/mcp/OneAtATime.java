package dev.hone.mcp;

import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A transport that is given one message at a time. The SDK's own over standard input and output
 * refuses a message that finds another thread handing one over for 100 ms, and calls of one turn
 * come at once.
 */
final class OneAtATime implements McpClientTransport {
  private final StdioClientTransport transport;
  private final ProgramWatch program;

  /**
   * A transport.
   *
   * @param program is told when the program is started, or cannot be
   */
  OneAtATime(StdioClientTransport transport, ProgramWatch program) {
    this.transport = transport;
    this.program = program;
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.defer(() -> handOver(message));
  }

  private synchronized Mono<Void> handOver(JSONRPCMessage message) {
    return transport.sendMessage(message);
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return transport
        .connect(handler)
        .doOnSuccess(done -> program.started(transport::awaitForExit))
        .doOnError(program::failed);
  }

  @Override
  public void setExceptionHandler(Consumer<Throwable> handler) {
    transport.setExceptionHandler(handler);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return transport.closeGracefully();
  }

  @Override
  public List<String> protocolVersions() {
    return transport.protocolVersions();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return transport.unmarshalFrom(data, type);
  }
}
