package dev.hone.langchain4j.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.hone.InvalidInputException;
import dev.hone.lm.bridge.Secrets;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy on loopback, a server with a certificate of its own, and headers for a gateway. */
class NetworkRouteTest {
  private static final InetSocketAddress FREE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path folder;
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  private String started(HttpServer server, String scheme) {
    servers.add(server);
    server.createContext("/", this::answer);
    server.start();
    return scheme + "://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(
          "%s %s %s"
              .formatted(
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().getFirst("X-Team"),
                  exchange.getRequestHeaders().get("X-Own")));
      byte[] body =
          "{\"choices\":[{\"message\":{\"content\":\"hello\"}}]}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String call(Map<String, String> environment, String url) {
    HttpClient client =
        new RetryAfterHttpClient.Builder(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                new CompletionReader(),
                NetworkRoute.of(environment))
            .build();
    HttpRequest request =
        HttpRequest.builder()
            .method(HttpMethod.POST)
            .url(url + "/v1/chat/completions")
            .addHeader("X-Own", "mine")
            .body("{}")
            .build();
    return client.execute(request).body();
  }

  @Test
  void callsGoThroughTheProxyUnlessTheyStayOnThisMachine() throws IOException {
    String proxy = started(HttpServer.create(FREE, 0), "http");
    Map<String, String> environment = Map.of(NetworkRoute.PROXY_VARIABLE, proxy);

    assertThat(call(environment, "http://model.invalid")).contains("hello");
    assertThat(asked).singleElement().asString().startsWith("http://model.invalid/v1/");
    assertThat(call(environment, proxy)).contains("hello");
    assertThat(asked.get(1)).startsWith("/v1/chat/completions");
  }

  @Test
  void aProxyThatIsNotThereIsNamedAndNotTheServer() throws IOException {
    String address;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + gone.getLocalPort();
    }
    Map<String, String> environment = Map.of(NetworkRoute.PROXY_VARIABLE, "http://" + address);

    for (String server : List.of("http://model.invalid", "https://model.invalid")) {
      assertThatThrownBy(() -> call(environment, server))
          .hasMessageStartingWith(
              "the proxy %s of the environment variable HONE_PROXY, on the way to %s, does not"
                      .formatted(address, server)
                  + " listen (connection refused). Maybe correct or unset HONE_PROXY");
    }
    assertThatThrownBy(() -> call(environment, "http://" + address))
        .hasMessageStartingWith("nothing listens at http://" + address);
    assertThatThrownBy(
            () ->
                call(
                    Map.of(NetworkRoute.PROXY_VARIABLE, "http://proxy.invalid:3128"),
                    "http://model.invalid"))
        .hasMessageContaining("the proxy proxy.invalid:3128 of the environment variable HONE_PROXY")
        .hasMessageContaining("has an unknown host");
  }

  @Test
  void aProxyThatLetsNothingThroughIsNamed() throws IOException {
    HttpServer refusing = HttpServer.create(FREE, 0);
    String proxy = started(refusing, "http");

    assertThatThrownBy(
            () -> call(Map.of(NetworkRoute.PROXY_VARIABLE, proxy), "https://model.invalid"))
        .hasMessageContaining("HONE_PROXY")
        .hasMessageContaining("gave no way (");
  }

  @Test
  void headersOfTheGatewayAreSentAndThoseOfTheCallWin() throws IOException {
    String url = started(HttpServer.create(FREE, 0), "http");

    call(Map.of(NetworkRoute.HEADERS_VARIABLE, "X-Team: search\n x-own: yours"), url);

    assertThat(asked).containsExactly("/v1/chat/completions search [mine]");
  }

  @Test
  void aCertificateAuthorityOfOnesOwnIsTrustedIfItIsGiven() throws Exception {
    Path store = folder.resolve("server.p12");
    Path pem = folder.resolve("ca.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-validity",
        "2",
        "-ext",
        "SAN=ip:127.0.0.1",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "a",
        "-keystore",
        store.toString(),
        "-file",
        pem.toString());
    HttpsServer server = HttpsServer.create(FREE, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    String url = started(server, "https");

    assertThatThrownBy(() -> call(Map.of(), url)).isInstanceOf(RuntimeException.class);
    assertThat(call(Map.of(NetworkRoute.CA_VARIABLE, pem.toString()), url)).contains("hello");
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", "changeit"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static SSLContext context(Path store) throws Exception {
    char[] password = "changeit".toCharArray();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://me:secret@proxy:80", "https://proxy:80", "http://proxy", "a b"})
  void aProxyThatCannotBeUsedIsRefusedWithoutShowingIt(String proxy) {
    assertThatThrownBy(() -> NetworkRoute.of(Map.of(NetworkRoute.PROXY_VARIABLE, proxy)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("HONE_PROXY")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aFileWithoutCertificatesAndALineThatIsNoHeaderAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("none.pem"), "nothing");

    assertThatThrownBy(() -> NetworkRoute.of(Map.of(NetworkRoute.CA_VARIABLE, file.toString())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.pem");
    assertThatThrownBy(
            () -> NetworkRoute.of(Map.of(NetworkRoute.HEADERS_VARIABLE, "A: b\nsecret value")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Line 2")
        .hasMessageNotContaining("secret");
    assertThat(NetworkRoute.of(Map.of(NetworkRoute.HEADERS_VARIABLE, "X-Key: secret")))
        .asString()
        .contains("X-Key")
        .doesNotContain("secret");
  }

  /** The JDK's client would refuse the value at the first call, in an error that shows it. */
  @ParameterizedTest
  @ValueSource(strings = {"X-Key: se\u4e2dcret", "Host: secret", "Content-Length: 12"})
  void aHeaderThatTheClientWouldNotSendIsRefusedAtOnceWithoutItsValue(String header) {
    Map<String, String> environment =
        Map.of(NetworkRoute.HEADERS_VARIABLE, "X-Team: a\n\nx-team: b\n" + header);

    assertThatThrownBy(() -> NetworkRoute.of(environment))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Line 4")
        .hasMessageNotContaining("cret");
  }

  @Test
  void aGatewaysCredentialIsTakenOutOfErrorsAndAShortWordIsNot() {
    NetworkRoute route =
        NetworkRoute.of(
            Map.of(
                NetworkRoute.HEADERS_VARIABLE,
                "X-Gateway: Token opensesame-17\nX-Team: search\nX-Other: opensesame-17-18"));

    String scrubbed =
        Secrets.of("mykey")
            .and(route.secrets())
            .scrub("search: mykey is fine, opensesame-17-18 and opensesame-17 are not known");

    assertThat(scrubbed)
        .startsWith("search: ")
        .contains(" is fine, ", " are not known")
        .doesNotContain("mykey", "opensesame", "-18");
  }

  /** A holder class would say NoClassDefFoundError from the second call on. */
  @Test
  void aBadEnvironmentIsTheSameErrorAtEachCall() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Asked.class.getName());
    builder.environment().put(NetworkRoute.PROXY_VARIABLE, "a b");
    Process process = builder.redirectErrorStream(true).start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(said.lines())
        .containsExactly("InvalidInputException HONE_PROXY", "InvalidInputException HONE_PROXY");
  }

  /** Asks for the route of its process twice. */
  static final class Asked {
    private Asked() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          NetworkRoute.ofProcess();
        } catch (Throwable e) {
          String name = String.valueOf(e.getMessage()).contains("HONE_PROXY") ? "HONE_PROXY" : "-";
          System.out.println(e.getClass().getSimpleName() + " " + name);
        }
      }
    }
  }
}
