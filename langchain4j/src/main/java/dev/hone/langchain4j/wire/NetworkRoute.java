package dev.hone.langchain4j.wire;

import dev.hone.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How calls leave this network: through a proxy, trusting a certificate authority of one's own
 * beside those of the JDK, with headers that a gateway wants. For all models that are called over
 * HTTP, from the environment of the process. Shows neither headers nor the user of a proxy.
 * Immutable.
 *
 * <p>Without {@value #PROXY_VARIABLE} the JDK's own settings hold, such as {@code
 * -Dhttps.proxyHost}. A proxy is not used for this machine itself.
 */
public final class NetworkRoute {
  /** The environment variable of the proxy's URL, such as {@code http://proxy:3128}. */
  public static final String PROXY_VARIABLE = "HONE_PROXY";

  /** The environment variable of a file with certificates in PEM that are trusted as well. */
  public static final String CA_VARIABLE = "HONE_CA_FILE";

  /** The environment variable of further headers, {@code Name: value}, one a line. */
  public static final String HEADERS_VARIABLE = "HONE_HEADERS";

  private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):\\s*(.*)");
  private static final Pattern LOCAL =
      Pattern.compile("(?i)localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
  private static final URI ANYWHERE = URI.create("http://localhost/");

  /** Shorter values, such as the name of a team, are words that errors may well have. */
  private static final int LEAST_SECRET_CHARS = 8;

  private static @Nullable NetworkRoute ofProcess;

  private final @Nullable InetSocketAddress proxy;
  private final @Nullable SSLContext trust;
  private final Map<String, String> headers;

  private NetworkRoute(
      @Nullable InetSocketAddress proxy, @Nullable SSLContext trust, Map<String, String> headers) {
    this.proxy = proxy;
    this.trust = trust;
    this.headers = Collections.unmodifiableMap(headers);
  }

  /**
   * The route of this process, by its environment; always the same one.
   *
   * @throws InvalidInputException if a variable cannot be used, at each call
   */
  public static synchronized NetworkRoute ofProcess() {
    NetworkRoute known = ofProcess;
    if (known == null) {
      known = of(System.getenv());
      ofProcess = known;
    }
    return known;
  }

  /**
   * The route that an environment describes.
   *
   * @throws InvalidInputException if the proxy is no URL of a host and a port, the file has no
   *     certificates, or a header is none
   */
  public static NetworkRoute of(Map<String, String> environment) {
    return new NetworkRoute(
        given(environment, PROXY_VARIABLE).map(NetworkRoute::proxy).orElse(null),
        given(environment, CA_VARIABLE).map(NetworkRoute::trust).orElse(null),
        headers(environment.getOrDefault(HEADERS_VARIABLE, "")));
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static InetSocketAddress proxy(String given) {
    try {
      URI uri = URI.create(given.contains("://") ? given : "http://" + given);
      boolean plain = "http".equals(uri.getScheme()) && uri.getRawUserInfo() == null;
      if (plain && uri.getHost() != null && uri.getPort() > 0) {
        return InetSocketAddress.createUnresolved(uri.getHost(), uri.getPort());
      }
    } catch (IllegalArgumentException e) {
      // told below, without the text, which may hold a password
    }
    throw InvalidInputException.of(
        "The environment variable " + PROXY_VARIABLE + " is not a host and a port without a user",
        "use http://proxy.example:3128");
  }

  private static Map<String, String> headers(String given) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<String> lines = given.lines().map(String::strip).toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher header = HEADER.matcher(lines.get(i));
      if (lines.get(i).isEmpty()) {
        continue;
      } else if (!header.matches() || !canBeSent(header.group(1), header.group(2))) {
        throw InvalidInputException.of(
            "Line %d of the environment variable %s is no header that can be sent"
                .formatted(i + 1, HEADERS_VARIABLE),
            "use one line for each, such as X-Team: search");
      }
      headers.put(header.group(1), header.group(2));
    }
    return headers;
  }

  /**
   * The JDK's client keeps some names to itself, and says of a value that it refuses what it is.
   */
  private static boolean canBeSent(String name, String value) {
    try {
      HttpRequest.newBuilder(ANYWHERE).header(name, value);
      return value.chars().noneMatch(Character::isISOControl);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static SSLContext trust(String file) {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      Collection<? extends Certificate> own =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (own.isEmpty()) {
        throw noCertificates(file, "it has none");
      }
      return trusting(own);
    } catch (IOException | InvalidPathException | GeneralSecurityException e) {
      throw noCertificates(file, String.valueOf(e.getMessage()));
    }
  }

  private static InvalidInputException noCertificates(String file, String why) {
    return InvalidInputException.of(
        "The file %s of the environment variable %s gives no certificates: %s"
            .formatted(file, CA_VARIABLE, why),
        "use a file in PEM, which begins with -----BEGIN CERTIFICATE-----");
  }

  /** The JDK's certificates, and these. */
  private static SSLContext trusting(Collection<? extends Certificate> own)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate one : own) {
      store.setCertificateEntry("own-" + number++, one);
    }
    for (TrustManager manager : managers(null)) {
      if (manager instanceof X509TrustManager known) {
        for (X509Certificate one : known.getAcceptedIssuers()) {
          store.setCertificateEntry("jdk-" + number++, one);
        }
      }
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers(store), null);
    return context;
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** What is in headers and must not be shown, as a gateway may repeat it in an error. */
  List<String> secrets() {
    return headers.values().stream()
        .flatMap(value -> Stream.of(value, value.substring(value.lastIndexOf(' ') + 1)))
        .filter(value -> value.length() >= LEAST_SECRET_CHARS)
        .distinct()
        .toList();
  }

  /** The headers that every call has beside its own; its own win. */
  Map<String, String> headers() {
    return headers;
  }

  /** The proxy that a call of this URL goes through, as host and port; empty for none. */
  Optional<String> proxyOf(URI uri) {
    return Optional.ofNullable(proxy)
        .filter(address -> !isThisMachine(uri))
        .map(address -> address.getHostString() + ":" + address.getPort());
  }

  private static boolean isThisMachine(URI uri) {
    String host = uri.getHost();
    return host != null && LOCAL.matcher(host).matches();
  }

  HttpClient.Builder applyTo(HttpClient.Builder builder) {
    InetSocketAddress address = proxy;
    if (address != null) {
      builder.proxy(new ProxyBeyondThisMachine(address));
    }
    SSLContext context = trust;
    return context == null ? builder : builder.sslContext(context);
  }

  /** A proxy for all but this machine. */
  private static final class ProxyBeyondThisMachine extends ProxySelector {
    private final ProxySelector beyond;

    ProxyBeyondThisMachine(InetSocketAddress proxy) {
      beyond = ProxySelector.of(proxy);
    }

    @Override
    public List<Proxy> select(URI uri) {
      return isThisMachine(uri) ? List.of(Proxy.NO_PROXY) : beyond.select(uri);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException error) {
      beyond.connectFailed(uri, address, error);
    }
  }

  /** One line, without the values of headers. */
  @Override
  public String toString() {
    return "NetworkRoute[proxy %s, own certificates %s, headers %s]"
        .formatted(proxy, trust != null, headers.keySet());
  }
}
