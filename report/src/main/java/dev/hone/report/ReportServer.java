package dev.hone.report;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.report.page.PageAssets;
import dev.hone.report.page.PageLife;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Serves one page and a number that tells whether it changed, on the loopback address. Whoever does
 * not know the secret part of the address, or reached it by another name than that of this machine
 * (as a foreign page in the browser would), gets nothing. Thread-safe.
 */
final class ReportServer {
  private static final int SECRET_BYTES = 16;
  private static final int LOOKING_SECONDS = 5;

  private final HttpServer server;
  private final ExecutorService threads;
  private final Supplier<List<RunRecord>> records;
  private final Duration patience;
  private final String path;
  private final CountDownLatch last = new CountDownLatch(1);
  private List<RunRecord> known;
  private volatile long lookedAtNanos;
  private volatile boolean looked;
  private volatile boolean closing;

  private ReportServer(
      HttpServer server,
      Supplier<List<RunRecord>> records,
      List<RunRecord> known,
      Duration patience) {
    this.server = server;
    this.records = records;
    this.known = known;
    this.patience = patience;
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    this.path = "/" + HexFormat.of().formatHex(secret) + "/";
    this.threads =
        Executors.newFixedThreadPool(
            2,
            work -> {
              Thread thread = new Thread(work, "hone-report-server");
              thread.setDaemon(true);
              return thread;
            });
  }

  static ReportServer start(Supplier<List<RunRecord>> records, Duration patience) {
    List<RunRecord> first = List.copyOf(records.get());
    HtmlReport.of(first);
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer http = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      ReportServer server = new ReportServer(http, records, first, patience);
      http.setExecutor(server.threads);
      http.createContext("/", server::answer);
      startAsDaemon(http);
      return server;
    } catch (IOException e) {
      throw new InvalidInputException(
          "The report cannot be served on this machine: %s. Maybe open the file report.html instead."
              .formatted(e.getMessage()),
          e);
    }
  }

  /** The server's own thread is a daemon if the one that starts it is. */
  private static void startAsDaemon(HttpServer http) {
    Thread starter = new Thread(http::start, "hone-report-start");
    starter.setDaemon(true);
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  URI uri() {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String asked = exchange.getRequestURI().getPath();
      if (!isOwnName(exchange.getRequestHeaders().getFirst("Host"))) {
        send(exchange, 403, "text/plain", "This report is for this machine only.");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "text/plain", "This report can only be read.");
      } else if (asked.equals(path)) {
        page(exchange);
      } else if (asked.equals(path + "changes")) {
        look();
        send(exchange, 200, "text/plain", version(current()));
      } else {
        send(exchange, 404, "text/plain", "There is no such page. Maybe the address was cut off.");
      }
    }
  }

  private boolean isOwnName(@Nullable String host) {
    int port = server.getAddress().getPort();
    return host != null && Set.of("127.0.0.1:" + port, "localhost:" + port).contains(host);
  }

  private void page(HttpExchange exchange) throws IOException {
    look();
    boolean end = closing;
    List<RunRecord> now = current();
    String html = HtmlReport.of(now).html(end ? PageLife.STILL : PageLife.SERVED);
    exchange
        .getResponseHeaders()
        .set(
            "Content-Security-Policy",
            PageAssets.ALL.policy(PageLife.SERVED) + "; frame-ancestors 'none'");
    send(exchange, 200, "text/html", html);
    if (end) {
      last.countDown();
    }
  }

  private void look() {
    lookedAtNanos = System.nanoTime();
    looked = true;
  }

  private synchronized List<RunRecord> current() {
    try {
      known = List.copyOf(records.get());
    } catch (RuntimeException e) {
      // Such as a file that is gone: what was known before is shown.
    }
    return known;
  }

  private String version(List<RunRecord> now) {
    return Json.sha256(
        closing + now.stream().map(RunRecord::json).collect(Collectors.joining("\n")));
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type + "; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Referrer-Policy", "no-referrer");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  /** Lets a page that is open take the end, and serves no more. */
  void close() {
    if (closing) {
      return;
    }
    closing = true;
    boolean isOpen =
        looked && System.nanoTime() - lookedAtNanos < TimeUnit.SECONDS.toNanos(LOOKING_SECONDS);
    try {
      if (isOpen) {
        last.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
