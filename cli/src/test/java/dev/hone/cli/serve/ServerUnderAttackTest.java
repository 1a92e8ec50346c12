package dev.hone.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.context.Context;
import dev.hone.json.Json;
import dev.hone.program.Program;
import dev.hone.signature.Signature;
import dev.hone.testkit.ScriptedModel;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Clients that mean no good, or are slow. */
@Timeout(120)
class ServerUnderAttackTest {
  private static final Signature<ObjectNode, ObjectNode> SIGNATURE =
      Signature.parse("text -> answer");

  private final List<String> log = new CopyOnWriteArrayList<>();

  /** Always the same answer, which may be larger than what sockets hold. */
  private record Fixed(String answer) implements Program<ObjectNode, ObjectNode> {
    @Override
    public ObjectNode run(ObjectNode input) {
      return Json.object().put("answer", answer);
    }
  }

  private ProgramServer start(Program<ObjectNode, ObjectNode> served, String address, String name)
      throws IOException {
    Context context = Context.builder().lm(ScriptedModel.inOrder("")).build();
    var program = new ServedProgram("x", SIGNATURE, served, context);
    var settings =
        new ServerSettings(
            InetAddress.getByName(address),
            0,
            Optional.empty(),
            Set.of(name),
            new ServerSettings.Limits(1, 1000, 20));
    return ProgramServer.start(program, settings, log::add);
  }

  private static int port(ProgramServer server) {
    return URI.create(server.url()).getPort();
  }

  private static Socket sent(int port, String text) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
    return socket;
  }

  private static String reply(int port, String text) throws IOException {
    try (Socket socket = sent(port, text)) {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static String get(String path, String host) {
    return "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host);
  }

  private static final String POST =
      "POST /run HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Connection: close\r\nContent-Length: 13\r\n\r\n";

  @Test
  void anAnswerHoldsItsPlaceUntilItIsWritten() throws IOException {
    Program<ObjectNode, ObjectNode> fixed = new Fixed("€".repeat(4_000_000));
    try (ProgramServer server = start(fixed, "127.0.0.1", "x")) {
      Socket slow = sent(port(server), POST + "{\"text\":\"a\"} ");
      assertThat(slow.getInputStream().read()).isEqualTo('H'); // it is being written

      String second = reply(port(server), POST + "{\"text\":\"b\"} ");
      slow.close();

      assertThat(second).startsWith("HTTP/1.1 503 ").contains("1 requests are under way");
    }
  }

  @Test
  void theLogHasNothingThatATerminalActsUpon() throws IOException {
    try (ProgramServer server = start(new Fixed("a"), "127.0.0.1", "x")) {
      reply(port(server), get("/%1b%5d0;owned%07", "localhost"));
      reply(port(server), get("/health", "localhost").replace("GET", "\u009b2J"));

      assertThat(log).hasSizeGreaterThan(0).allMatch(line -> line.matches("[ -~]+"));
      assertThat(log.get(0)).startsWith("GET /%1b%5d0;owned%07 404");
    }
  }

  @Test
  void withoutATokenOnlyAddressesAndItsOwnNamesLeadToIt() throws IOException {
    try (ProgramServer server = start(new Fixed("a"), "0.0.0.0", "tickets.lan")) {
      int port = port(server);

      assertThat(reply(port, get("/health", "evil.example:" + port))).startsWith("HTTP/1.1 421 ");
      assertThat(reply(port, get("/health", "Tickets.LAN:" + port))).startsWith("HTTP/1.1 200 ");
      assertThat(reply(port, get("/health", "192.168.1.7:" + port))).startsWith("HTTP/1.1 200 ");
      assertThat(reply(port, get("/health", "[fe80::1]:" + port))).startsWith("HTTP/1.1 200 ");
      assertThat(reply(port, get("/health", "localhost"))).startsWith("HTTP/1.1 200 ");
    }
  }

  /** One that had to wait is late itself, and tries again. */
  private static String replyAfterRefusals(int port) throws IOException {
    for (int i = 0; i < 50; i++) {
      try {
        return reply(port, get("/health", "localhost"));
      } catch (SocketException e) {
        assertThat(e).hasMessageContaining("reset");
      }
    }
    return "";
  }

  /** In a process of its own, since Java reads the bound once. */
  @Test
  void requestsThatDoNotArriveGiveWayToOthers(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("p.hone.yaml"), "inputs: { text: it }\noutputs: { a: it }\n");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.hone.cli.Hone",
                "serve",
                folder.resolve("p").toString(),
                "--port=0",
                "--requests=1",
                "--request-time=1")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Closeable> open = new ArrayList<>();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int port = URI.create(out.readLine().strip()).getPort();
      for (int i = 0; i < 10; i++) {
        open.add(sent(port, POST + "{"));
        open.add(sent(port, "GET /health HTTP/1.1\r\nHost: "));
      }

      assertThat(replyAfterRefusals(port)).startsWith("HTTP/1.1 200 ");
    } finally {
      for (Closeable socket : open) {
        socket.close();
      }
      process.destroyForcibly();
    }
  }
}
