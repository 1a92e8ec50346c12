package dev.hone.testkit;

import dev.hone.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * An HTTP server on loopback that speaks the chat-completions protocol of OpenAI and misbehaves as
 * told: it refuses, breaks, stalls, cuts off and sends what is no completion. It echoes the last
 * message of a call, takes its time over each, and holds thousands of calls on one thread.
 * Thread-safe; close it after the test.
 */
public final class FaultyServer implements AutoCloseable {
  /** The tokens that a good reply states, those of the prompt and those of the reply together. */
  public static final int TOKENS_PER_REPLY = 13;

  private final Selector selector;
  private final ServerSocketChannel server;
  private final long latencyNanos;
  private final Faults faults;
  private final AtomicIntegerArray counts = new AtomicIntegerArray(Fault.values().length);
  private final AtomicReference<Throwable> broken = new AtomicReference<>();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::nanos));
  private volatile boolean closed;

  /** What an attempt ends with. */
  public enum Fault {
    /** A good reply. */
    NONE,
    /** Status 429, which asks to wait 20 ms. */
    RATE_LIMITED,
    /** Status 500. */
    BROKEN,
    /** Half a reply, and then nothing for as long as the client waits. */
    STALLED,
    /** Half a reply, and then the end of the connection. */
    TRUNCATED,
    /** Status 200 and an HTML page. */
    WRONG_CONTENT
  }

  /** Which attempts fail, and how. Called on one thread. */
  @FunctionalInterface
  public interface Faults {
    /**
     * The fault of an attempt.
     *
     * @param text the last message of the call
     * @param attempt how often this text was asked, from 1 on
     */
    Fault of(String text, int attempt);
  }

  private record Due(long nanos, Connection connection, Fault fault, String text) {}

  /** Starts a server at a free port that takes a time for each answer. */
  public FaultyServer(Duration latency, Faults faults) {
    this.latencyNanos = latency.toNanos();
    this.faults = faults;
    try {
      selector = Selector.open();
      server = ServerSocketChannel.open();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException e) {
      throw new UncheckedIOException("The faulty server found no free port on loopback", e);
    }
    Thread thread = new Thread(this::run, "faulty-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** The URL to give to clients, such as {@code http://127.0.0.1:40123/v1}. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.socket().getLocalPort() + "/v1";
  }

  /** The attempts so far that ended, or will end, with a fault. */
  public int count(Fault fault) {
    return counts.get(fault.ordinal());
  }

  /** All attempts so far. */
  public int attempts() {
    int all = 0;
    for (Fault fault : Fault.values()) {
      all += count(fault);
    }
    return all;
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    Throwable bug = broken.get();
    if (bug != null) {
      throw new IllegalStateException("The faulty server broke by itself", bug);
    }
  }

  private void run() {
    try (selector;
        server) {
      while (!closed) {
        answerThoseDue();
        selector.select(untilNext());
        for (SelectionKey key : selector.selectedKeys()) {
          if (key.isAcceptable()) {
            accept();
          } else if (key.attachment() instanceof Connection connection) {
            connection.ready(key);
          }
        }
        selector.selectedKeys().clear();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException | RuntimeException e) {
      broken.set(e);
    }
  }

  /** Milliseconds until the next answer is due; 0 for without end. */
  private long untilNext() {
    Due next = due.peek();
    return next == null ? 0 : Math.max(1, (next.nanos() - System.nanoTime()) / 1_000_000);
  }

  private void answerThoseDue() {
    long now = System.nanoTime();
    for (Due next = due.peek(); next != null && next.nanos() <= now; next = due.peek()) {
      due.remove();
      next.connection().answer(next.fault(), next.text());
    }
  }

  private void accept() throws IOException {
    for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Connection connection = new Connection(channel);
      connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
    }
  }

  private void asked(Connection connection, String body) {
    String text;
    try {
      JsonNode messages = Json.parse(body).path("messages");
      text = messages.path(messages.size() - 1).path("content").asString("");
    } catch (JacksonException e) {
      text = body;
    }
    Fault fault = faults.of(text, attempts.merge(text, 1, Integer::sum));
    counts.incrementAndGet(fault.ordinal());
    due.add(new Due(System.nanoTime() + latencyNanos, connection, fault, text));
  }

  /** One connection: reads a request, and writes what it is answered. */
  private final class Connection {
    private final SocketChannel channel;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private SelectionKey key;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private boolean closesAfter;

    @SuppressWarnings("NullAway.Init") // the key is set as soon as the channel is registered
    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void ready(SelectionKey ready) {
      try {
        if (ready.isReadable()) {
          read();
        }
        if (ready.isValid() && ready.isWritable()) {
          write();
        }
      } catch (IOException e) {
        close();
      }
    }

    private void read() throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(8192);
      int count = channel.read(buffer);
      if (count < 0) {
        close();
        return;
      }
      read.write(buffer.array(), 0, count);
      String all = read.toString(StandardCharsets.ISO_8859_1);
      int head = all.indexOf("\r\n\r\n");
      int end = head < 0 ? -1 : head + 4 + length(all.substring(0, head));
      if (head >= 0 && read.size() >= end) {
        byte[] bytes = read.toByteArray();
        read.reset();
        asked(this, new String(bytes, head + 4, end - head - 4, StandardCharsets.UTF_8));
      }
    }

    private static int length(String head) {
      for (String line : head.toLowerCase(Locale.ROOT).split("\r\n")) {
        if (line.startsWith("content-length:")) {
          return Integer.parseInt(line.substring("content-length:".length()).strip());
        }
      }
      return 0;
    }

    private void answer(Fault fault, String text) {
      closesAfter = fault == Fault.TRUNCATED;
      out = ByteBuffer.wrap(bytes(fault, text));
      try {
        write();
      } catch (IOException e) {
        close();
      }
    }

    private void write() throws IOException {
      channel.write(out);
      if (out.hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
      } else if (closesAfter) {
        close();
      } else {
        key.interestOps(SelectionKey.OP_READ);
      }
    }

    private void close() {
      try {
        channel.close();
      } catch (IOException e) {
        key.cancel();
      }
    }
  }

  private static byte[] bytes(Fault fault, String text) {
    String body =
        switch (fault) {
          case RATE_LIMITED -> Json.write(OpenAiProtocol.errorBody("rate_limit_exceeded", "busy"));
          case BROKEN -> Json.write(OpenAiProtocol.errorBody("server_error", "broken"));
          case WRONG_CONTENT -> "<!DOCTYPE html><html><body>Welcome</body></html>";
          case NONE, STALLED, TRUNCATED -> completion(text);
        };
    int status = fault == Fault.RATE_LIMITED ? 429 : fault == Fault.BROKEN ? 500 : 200;
    String whole =
        "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nretry-after-ms: 20\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    boolean half = fault == Fault.STALLED || fault == Fault.TRUNCATED;
    return half ? java.util.Arrays.copyOf(bytes, bytes.length - body.length() / 2) : bytes;
  }

  private static String completion(String text) {
    var body = Json.object().put("model", "faulty");
    var choice = body.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", "echo " + text);
    body.putObject("usage")
        .put("prompt_tokens", 10)
        .put("completion_tokens", TOKENS_PER_REPLY - 10)
        .put("total_tokens", TOKENS_PER_REPLY);
    return Json.write(body);
  }
}
