package dev.hone.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.json.Json;
import dev.hone.lm.MessagePart;
import dev.hone.tool.Tool;
import dev.hone.tool.ToolOutcome;
import dev.hone.tool.ToolOutcome.Status;
import dev.hone.tool.ToolRunner;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class McpToolsTest {
  private McpTools opened;
  private McpSyncServer server;

  private McpTools inProcess() throws IOException {
    return inProcess(false);
  }

  private McpTools inProcess(boolean inOrder) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
      Socket accepted = listener.accept();
      server =
          TestServer.start(
              new StdioServerTransportProvider(
                  McpJsonDefaults.getMapper(),
                  accepted.getInputStream(),
                  accepted.getOutputStream()),
              inOrder);
      opened = McpTools.of(McpClient.sync(new LoopbackTransport(client)).build());
    }
    return opened;
  }

  private McpTools ofCommand(Map<String, String> environment, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TestServer.class.getName()));
    command.addAll(List.of(arguments));
    opened = McpTools.ofCommand(command, environment);
    return opened;
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static ToolOutcome call(McpTools tools, String name, String arguments) {
    return call(tools.tools(), name, arguments);
  }

  private static ToolOutcome call(List<Tool> tools, String name, String arguments) {
    return ToolRunner.of(tools)
        .start()
        .outcomes(List.of(MessagePart.toolCall("1", name, arguments)))
        .get(0);
  }

  private static String text(McpTools tools, String name, String arguments) {
    return call(tools, name, arguments).result().text();
  }

  @Test
  void handsOnNamesDescriptionsAndSchemas() throws IOException {
    McpTools tools = inProcess();

    assertThat(tools.serverName()).isEqualTo("test-server");
    assertThat(tools.tools())
        .extracting(Tool::name)
        .containsExactlyInAnyOrder(
            "add", "draw_cat", "fail", "throw", "table", "variable", "wait", "die");
    Tool add = tool(tools, "add");
    assertThat(add.spec().description()).isEqualTo("the tool add");
    assertThat(add.spec().parameters().toString())
        .isEqualTo(Json.write(Json.parse(TestServer.ADD_SCHEMA)));
  }

  private static Tool tool(McpTools tools, String name) {
    return tools.tools().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void readsArgumentsByTheSchemaBeforeTheyAreSent() throws IOException {
    McpTools tools = inProcess();

    assertThat(text(tools, "add", "{\"a\": \"1\", \"b\": 2}")).isEqualTo("3");
    assertThat(text(tools, "add", "{\"a\": 1, \"b\": null, \"note\": null}")).isEqualTo("1");
    assertThat(call(tools, "add", "{\"a\": 1}").status()).isEqualTo(Status.BAD_ARGUMENTS);
    assertThat(text(tools, "add", "{\"a\": 1}"))
        .startsWith(
            "The arguments of \"add\" do not fit. The value: required property 'b' not found");
    assertThat(text(tools, "add", "{\"a\": 1, \"b\": -1}")).contains("/b", "minimum");
    assertThat(text(tools, "add", "{\"a\": \"one\", \"b\": 1}")).contains("/a", "integer");
  }

  @Test
  void readsTextsImagesStructuresAndErrors() throws IOException {
    McpTools tools = inProcess();
    ToolOutcome cat = call(tools, "draw_cat", "{}");

    assertThat(cat.images()).containsExactly(MessagePart.image(new byte[] {1, 2}, "image/png"));
    assertThat(cat.result().text()).startsWith("a cat");
    assertThat(text(tools, "table", "{}")).isEqualTo("{\"rows\":[1,2]}");
    assertThat(call(tools, "fail", "{}").status()).isEqualTo(Status.FAILED);
    assertThat(text(tools, "fail", "{}")).isEqualTo("no such file");
    assertThat(text(tools, "throw", "{}")).contains("broken");
  }

  private static void runMany(McpTools tools) {
    ToolRunner runner = ToolRunner.of(tools.tools());
    List<MessagePart.ToolCall> calls =
        IntStream.range(0, 200)
            .mapToObj(i -> MessagePart.toolCall("" + i, "add", "{\"a\": " + i + ", \"b\": 1}"))
            .toList();

    assertThat(runner.start().outcomes(calls))
        .extracting(outcome -> outcome.result().text())
        .isEqualTo(IntStream.rangeClosed(1, 200).mapToObj(String::valueOf).toList());
  }

  @Test
  void runsManyCallsAtOnceAndInOrder() throws IOException {
    runMany(inProcess(true));
  }

  @Test
  void runsManyCallsAtOnceOverStandardInputAndOutput() {
    runMany(ofCommand(Map.of(), "in order"));
  }

  @Test
  void cancelsACallThatTakesTooLongAndGoesOn() throws IOException {
    McpTools tools = inProcess();
    Tool slow = tool(tools, "wait").timeout(Duration.ofMillis(50));

    ToolOutcome outcome = call(List.of(slow), "wait", "{}");

    assertThat(outcome.status()).isEqualTo(Status.TIMED_OUT);
    assertThat(outcome.result().text()).doesNotContain("left behind");
    assertThat(text(tools, "add", "{\"a\": 1, \"b\": 2}")).isEqualTo("3");
  }

  @Test
  void keepsItsListUntilItIsRefreshed() throws IOException {
    McpTools before = inProcess().withPrefix("t_");
    server.removeTool("die");
    server.addTool(TestServer.tool("new", "{\"type\": \"object\"}", in -> TestServer.text("new")));

    McpTools after = before.refresh();

    assertThat(before.tools()).extracting(Tool::name).contains("t_die").doesNotContain("t_new");
    assertThat(after.tools()).extracting(Tool::name).contains("t_new").doesNotContain("t_die");
    assertThat(text(after, "t_new", "{}")).isEqualTo("new");
    assertThat(text(before, "t_die", "{}")).contains("The server refused the call");
  }

  @Test
  void prefixesTellServersApart() throws IOException {
    McpTools tools = inProcess().only(name -> name.equals("add"));
    List<Tool> both =
        java.util.stream.Stream.concat(
                tools.withPrefix("a_").tools().stream(), tools.withPrefix("b_").tools().stream())
            .toList();

    assertThat(ToolRunner.of(both).tools().keySet()).containsExactly("a_add", "b_add");
    assertThatThrownBy(() -> ToolRunner.of(List.of(tools.tools().get(0), tools.tools().get(0))))
        .isInstanceOf(InvalidInputException.class);
    assertThat(tools).hasToString("McpTools[test-server: add]");
  }

  @Test
  void worksOverStandardInputAndOutputWithAnEnvironment() {
    McpTools tools = ofCommand(Map.of("TEST_KEY", "key-of-the-test"));

    assertThat(text(tools, "add", "{\"a\": 1, \"b\": 2}")).isEqualTo("3");
    assertThat(text(tools, "variable", "{\"name\": \"TEST_KEY\"}")).isEqualTo("key-of-the-test");
    assertThat(tools.toString()).doesNotContain("key-of-the-test");
  }

  @Test
  void tellsTheModelThatTheServerDied() {
    McpTools tools = ofCommand(Map.of());

    ToolOutcome dying = call(tools, "die", "{}");
    ToolOutcome after = call(tools, "add", "{\"a\": 1, \"b\": 2}");

    assertThat(dying.status()).isEqualTo(Status.FAILED);
    assertThat(dying.result().text())
        .isEqualTo("The server test-server has ended, and its tools with it. Go on without them.");
    assertThat(dying.duration()).isLessThan(Duration.ofSeconds(30));
    assertThat(after.result().text()).isEqualTo(dying.result().text());
  }

  @Test
  void closingEndsTheProcessAndTheCallsUnderWay() throws Exception {
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    McpTools tools = ofCommand(Map.of());
    List<ProcessHandle> children =
        ProcessHandle.current().children().filter(child -> !before.contains(child)).toList();
    Tool waiting = tool(tools, "wait");
    Thread closer =
        new Thread(
            () -> {
              tools.close();
            });
    Tool closing =
        Tool.of(
            "closing",
            "",
            () -> {
              closer.start();
              return "closed";
            });

    List<ToolOutcome> outcomes =
        ToolRunner.of(List.of(waiting, closing))
            .start()
            .outcomes(
                List.of(
                    MessagePart.toolCall("1", "wait", "{}"),
                    MessagePart.toolCall("2", "closing", "{}")));
    closer.join();

    assertThat(outcomes.get(0).result().text()).contains("has ended");
    assertThat(children).isNotEmpty();
    for (ProcessHandle child : children) {
      child.onExit().get();
    }
  }

  @Test
  @Timeout(30)
  void saysAtOnceThatACommandCannotBeUsed() {
    assertThatThrownBy(() -> McpTools.ofCommand("/no/such/program"))
        .isInstanceOf(McpUnavailableException.class)
        .hasMessageContaining("/no/such/program");
    assertThatThrownBy(() -> ofCommand(Map.of(), "end"))
        .isInstanceOf(McpUnavailableException.class)
        .hasMessageContaining("it ended before it answered");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThatThrownBy(() -> McpTools.ofCommand())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is empty");
  }
}
