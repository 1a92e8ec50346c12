package dev.hone.examples.service;

import dev.hone.compiled.Compiled;
import dev.hone.context.LmEvent;
import dev.hone.examples.service.TenantService.Limits;
import dev.hone.examples.service.TenantService.Watch;
import dev.hone.lm.LanguageModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many tenants at once against the service, on scripted models, with a check of each reply, event,
 * audit line and history: what is of one tenant must never be with another. Half of the snippets
 * are those of all tenants, so that a cache that did not keep them apart would show; some hold what
 * their tenant has blocked, or another one. Thread-safe.
 */
public final class TenantLoad implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern OWN = Pattern.compile("secret of (tenant-\\d+),");
  private static final Pattern KEY = Pattern.compile("(?:key|token)-of-tenant");
  private static final int SHARED_SNIPPETS = 500;
  private static final int BLOCKED_OF = 50;

  private final List<Tenant> tenants;
  private final TenantService service;
  private final HttpClient client = HttpClient.newHttpClient();
  private final LongAdder events = new LongAdder();
  private final LongAdder auditLines = new LongAdder();
  private final LongAdder vetoes = new LongAdder();
  private final LongAdder crossings = new LongAdder();
  private volatile boolean checks = true;
  private final LongAdder modelNanos = new LongAdder();

  /** Deploys the tenants in a folder, and starts the service. */
  public TenantLoad(Path folder, int count, Limits limits) throws IOException {
    this.tenants = IntStream.range(0, count).mapToObj(i -> tenant(folder, i)).toList();
    for (Tenant tenant : tenants) {
      deploy(tenant, "");
    }
    Watch watch =
        new Watch(
            this::audit,
            (event, metadata) -> {
              if (checks && event instanceof LmEvent call) {
                event(call, metadata);
              }
            });
    this.service = TenantService.start(tenants, this::model, watch, limits);
  }

  private static Tenant tenant(Path folder, int i) {
    String id = "tenant-" + i;
    return new Tenant(
        id,
        "token-of-" + id + "-5f1e",
        "scripted",
        "http://models.example/" + id,
        "key-of-" + id + "-8c0d",
        folder.resolve(id).resolve("moderation.json"),
        Pattern.compile("forbidden-" + i + "\\b"),
        Integer.MAX_VALUE);
  }

  /** Writes the program of a tenant, with instructions of its own and a note behind them. */
  public void deploy(Tenant tenant, String note) {
    var state = TenantService.PROGRAM.state();
    var own = state.withInstructions("You moderate for %s.%s".formatted(tenant.id(), note));
    Compiled.of(TenantService.PROGRAM.withState(own)).save(tenant.artifact());
  }

  /** The tenants. */
  public List<Tenant> tenants() {
    return tenants;
  }

  /** The service. */
  public TenantService service() {
    return service;
  }

  /** The model of a tenant. */
  public LanguageModel model(Tenant tenant) {
    return new TenantModel(tenant, modelNanos);
  }

  /** Ends the check of events and audit lines, which takes longer than what is checked. */
  public void checkNoMore() {
    checks = false;
  }

  /** The time that was spent in the models, in nanoseconds. */
  public long modelNanos() {
    return modelNanos.sum();
  }

  /**
   * What was checked.
   *
   * @param replies the replies
   * @param vetoes the replies that said that the call was vetoed
   * @param events the events of calls
   * @param auditLines the lines of the audit
   * @param histories the calls in the histories of all tenants
   * @param mostHistory the most calls in one history
   * @param crossings what was wrong: of another tenant, or with a credential
   */
  public record Checked(
      long replies,
      long vetoes,
      long events,
      long auditLines,
      long histories,
      long mostHistory,
      long crossings) {}

  /** Sends requests of random tenants from several threads, and checks all that comes of it. */
  public Checked run(int requests, int clients, long seed) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (int c = 0; c < clients; c++) {
        int share = requests / clients + (c < requests % clients ? 1 : 0);
        SplittableRandom random = new SplittableRandom(seed * 1_000 + c);
        String prefix = "r-" + seed + "-" + c + "-";
        sent.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < share; i++) {
                    request(random, prefix + i);
                  }
                  return null;
                }));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return checked(requests);
  }

  private void request(SplittableRandom random, String requestId) throws Exception {
    int index = random.nextInt(tenants.size());
    Tenant tenant = tenants.get(index);
    String snippet =
        random.nextBoolean()
            ? "shared snippet " + random.nextInt(SHARED_SNIPPETS)
            : "secret of %s, number %s".formatted(tenant.id(), requestId);
    boolean blocked = random.nextInt(BLOCKED_OF) == 0;
    boolean blockedElsewhere = random.nextInt(BLOCKED_OF) == 0;
    String text =
        snippet
            + (blocked ? " forbidden-" + index : "")
            + (blockedElsewhere ? " forbidden-" + (index + tenants.size()) : "");
    HttpResponse<String> reply = post(tenant, requestId, text);
    if (blocked) {
      vetoes.increment();
      check(reply.statusCode() == 403);
    } else {
      JsonNode body = JSON.readTree(reply.body());
      check(
          reply.statusCode() == 200
              && body.path("reason")
                  .asString("")
                  .equals(TenantModel.reason(tenant.id(), tenant.id(), text))
              && body.path("request_id").asString("").equals(requestId));
    }
  }

  /** Asks as a client of a tenant does. */
  public HttpResponse<String> post(Tenant tenant, String requestId, String snippet)
      throws IOException, InterruptedException {
    return post(service.port(), tenant, requestId, snippet);
  }

  /** Asks a server at another port as a client of a tenant does. */
  public HttpResponse<String> post(int port, Tenant tenant, String requestId, String snippet)
      throws IOException, InterruptedException {
    String body = JSON.writeValueAsString(Map.of("snippet", snippet));
    return client.send(
        to(port, tenant, "/moderate")
            .header("X-Request-Id", requestId)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** What a tenant sees under a path. */
  public JsonNode get(Tenant tenant, String path) throws IOException, InterruptedException {
    return JSON.readTree(
        client
            .send(
                to(service.port(), tenant, path).GET().build(),
                HttpResponse.BodyHandlers.ofString())
            .body());
  }

  private static HttpRequest.Builder to(int port, Tenant tenant, String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("Authorization", "Bearer " + tenant.token());
  }

  private void check(boolean good) {
    if (!good) {
      crossings.increment();
    }
  }

  private void audit(String line) {
    if (!checks) {
      return;
    }
    auditLines.increment();
    check(!KEY.matcher(line).find() && line.startsWith("tenant=tenant-"));
  }

  private void event(LmEvent call, Map<String, String> metadata) {
    events.increment();
    String id = String.valueOf(metadata.get(TenantDesk.TENANT));
    check(call.modelId().equals("scripted:" + id) && isOf(id, call.request().toText()));
  }

  /** Whether a prompt or reply is of a tenant: of no other one, and without a credential. */
  private static boolean isOf(String id, String text) {
    Matcher system = TenantModel.SYSTEM.matcher(text);
    Matcher own = OWN.matcher(text);
    boolean good = !KEY.matcher(text).find();
    while (system.find()) {
      good &= system.group(1).equals(id);
    }
    while (own.find()) {
      good &= own.group(1).equals(id);
    }
    return good;
  }

  private Checked checked(long replies) throws Exception {
    long entries = 0;
    long most = 0;
    for (Tenant tenant : tenants) {
      JsonNode history = get(tenant, "/history");
      entries += history.size();
      most = Math.max(most, history.size());
      for (JsonNode entry : history) {
        check(
            isOf(tenant.id(), entry.toString())
                && entry.path("metadata").path("tenant_id").asString("").equals(tenant.id()));
      }
      check(get(tenant, "/usage").path("tenant").asString("").equals(tenant.id()));
    }
    return new Checked(
        replies, vetoes.sum(), events.sum(), auditLines.sum(), entries, most, crossings.sum());
  }

  @Override
  public void close() {
    service.close();
  }
}
