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
 * message of a call, takes its time over each, and holds thousands of calls on one thread. Where a
 * request has tools it calls the first of them, once it has a result that of the name {@code
 * submit} if there is one, with arguments made from their schemas. Thread-safe; close it after the
 * test.
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
    WRONG_CONTENT,
    /** A call of a tool whose arguments are no JSON. */
    MALFORMED_ARGUMENTS,
    /** A call of a tool that there is not. */
    UNKNOWN_TOOL,
    /** Two calls with the same id. */
    DUPLICATE_IDS,
    /** A call without an id. */
    EMPTY_IDS,
    /** A call whose arguments end in the middle, since the limit on tokens is reached. */
    CALL_CUT_OFF,
    /** A call with the arguments of two. */
    TWO_CALLS_IN_ONE,
    /** A good call beside a text. */
    CALLS_AND_TEXT,
    /** Neither a text nor a call: the content is null. */
    NULL_CONTENT;

    /** Whether it is a way to call tools, which needs a request that has some. */
    public boolean needsTools() {
      return compareTo(WRONG_CONTENT) > 0 && this != NULL_CONTENT;
    }
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

  private record Due(long nanos, Connection connection, Fault fault, byte[] reply) {}

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
      next.connection().answer(next.fault(), next.reply());
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
    JsonNode request;
    String text;
    try {
      request = Json.parse(body);
      JsonNode messages = request.path("messages");
      text = messages.path(messages.size() - 1).path("content").asString("");
    } catch (JacksonException e) {
      request = Json.object();
      text = body;
    }
    Fault fault = faults.of(text, attempts.merge(text, 1, Integer::sum));
    if (fault.needsTools() && request.path("tools").isEmpty()) {
      fault = Fault.NONE;
    }
    counts.incrementAndGet(fault.ordinal());
    byte[] reply = FaultyReplies.bytes(fault, request, text);
    due.add(new Due(System.nanoTime() + latencyNanos, connection, fault, reply));
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

    private void answer(Fault fault, byte[] reply) {
      closesAfter = fault == Fault.TRUNCATED;
      out = ByteBuffer.wrap(reply);
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
}
