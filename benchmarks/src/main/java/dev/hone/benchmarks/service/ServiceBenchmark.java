package dev.hone.benchmarks.service;

import dev.hone.examples.service.TenantLoad;
import dev.hone.examples.service.TenantLoad.Checked;
import dev.hone.examples.service.TenantService.Limits;
import dev.hone.examples.service.TenantService.Snippet;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Plays tenants against the service for many tenants over loopback HTTP, and prints whether
 * anything crossed tenants, the heap after a tenth of the requests and after all, the sizes of the
 * histories, and what a request costs beyond its model: against a bare call of the same scripted
 * model under the same HTTP server, and within the process. Ends with exit code 1 if something
 * crossed, the heap grew by more than a tenth and 2 MB, or the overhead is 0.1 ms or more.
 * Arguments: tenants, requests, file for the report; default 50 20000
 * benchmarks/service/results/service.md.
 */
public final class ServiceBenchmark {
  private static final int CLIENTS = 16;
  private static final int KEPT = 20;
  private static final double MOST_OVERHEAD_MILLIS = 0.1;
  private static final int BLOCK = 200;
  private static final int WARM_BLOCKS = 20;
  private static final int BLOCKS = 40;
  private static final int DIRECT_CALLS = 20_000;

  private final List<String> report = new ArrayList<>();
  private long nextRequest;

  private ServiceBenchmark() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    // Else the server waits for the acknowledgement of its headers before it sends the body.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    int tenants = args.length > 0 ? Integer.parseInt(args[0]) : 50;
    int requests = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    Path results = Path.of(args.length > 2 ? args[2] : "benchmarks/service/results/service.md");
    Path folder = Files.createTempDirectory("hone-service");
    ServiceBenchmark benchmark = new ServiceBenchmark();
    boolean good;
    try (TenantLoad load = new TenantLoad(folder, tenants, new Limits(32, KEPT, KEPT))) {
      good = benchmark.run(load, tenants, requests);
    }
    String text = String.join("\n", benchmark.report) + "\n";
    System.out.println(text);
    Files.createDirectories(results.toAbsolutePath().getParent());
    Files.writeString(results, text);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    System.exit(good ? 0 : 1);
  }

  private boolean run(TenantLoad load, int tenants, int requests) throws Exception {
    line("# %,d tenants, %,d requests over loopback HTTP", tenants, requests);
    line("");
    line(
        "`dev.hone.benchmarks.service.ServiceBenchmark`, JDK %s, %d processors, %d clients; at most %d"
            + " cached replies and %d calls of history per tenant. Load of the machine: %.1f.",
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        CLIENTS,
        KEPT,
        KEPT,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    load.run(requests / 10, CLIENTS, 1);
    double heapEarly = heapMb();
    long start = System.nanoTime();
    Checked checked = load.run(requests - requests / 10, CLIENTS, 2);
    double seconds = (System.nanoTime() - start) / 1e9;
    double heapLate = heapMb();
    line("");
    line("| what | found |");
    line("|---|---|");
    line(
        "| replies, events, audit lines, calls in histories checked | %,d, %,d, %,d, %,d |",
        requests, checked.events(), checked.auditLines(), checked.histories());
    line("| of another tenant, or with a credential | **%d** |", checked.crossings());
    line("| vetoed, as they must be | %,d |", checked.vetoes());
    line("| most calls in one history | %d |", checked.mostHistory());
    line("| heap after %,d requests | %.1f MB |", requests / 10, heapEarly);
    line("| heap after %,d requests | %.1f MB |", requests, heapLate);
    line(
        "| requests per second, clients in the same process | %,.0f |",
        (requests - requests / 10) / seconds);
    load.checkNoMore();
    double direct = directOverheadMillis(load);
    double overHttp = httpOverheadMillis(load);
    line("");
    line(
        "Command: `java -cp benchmarks/target/benchmarks.jar %s %d %d`.",
        ServiceBenchmark.class.getName(), tenants, requests);
    return checked.crossings() == 0
        && checked.mostHistory() <= KEPT
        && heapLate <= heapEarly * 1.1 + 2
        && direct < MOST_OVERHEAD_MILLIS
        && overHttp < MOST_OVERHEAD_MILLIS;
  }

  private static double heapMb() throws InterruptedException {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
      Runtime runtime = Runtime.getRuntime();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used / 1e6;
  }

  /**
   * Within the process: the median time of a request without that in the model, and the processor's
   * time, the model's included, which what else the machine does makes no longer.
   */
  private double directOverheadMillis(TenantLoad load) {
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    double[] millis = new double[DIRECT_CALLS];
    double processor = 0;
    for (int round = 0; round < 2; round++) {
      long cpu = thread.getCurrentThreadCpuTime();
      for (int i = 0; i < DIRECT_CALLS; i++) {
        String token = load.tenants().get(i % load.tenants().size()).token();
        Snippet snippet = new Snippet(snippet());
        long model = load.modelNanos();
        long start = System.nanoTime();
        load.service().moderate(token, "d" + nextRequest, snippet);
        millis[i] = (System.nanoTime() - start - (load.modelNanos() - model)) / 1e6;
      }
      processor = (thread.getCurrentThreadCpuTime() - cpu) / 1e6 / DIRECT_CALLS;
    }
    line(
        "| time in Hone and the service per request, without HTTP and the model, median of %,d |"
            + " **%.3f ms** |",
        DIRECT_CALLS, median(millis));
    line("| processor's time for the same, the model included, mean | %.3f ms |", processor);
    return median(millis);
  }

  /**
   * Over HTTP, one request at a time: the service against a bare call of the same model with the
   * prompt that the program would send, in blocks in turn.
   */
  private double httpOverheadMillis(TenantLoad load) throws Exception {
    double[] service = new double[BLOCKS];
    double[] bare = new double[BLOCKS];
    try (BareServer server = BareServer.start(load)) {
      for (int block = -WARM_BLOCKS; block < BLOCKS; block++) {
        double withHone = block(load, load.service().port());
        double without = block(load, server.port());
        if (block >= 0) {
          service[block] = withHone;
          bare[block] = without;
        }
      }
    }
    double[] differences = new double[BLOCKS];
    Arrays.setAll(differences, i -> service[i] - bare[i]);
    double overhead = median(differences);
    line(
        "| a request over HTTP, median of %d blocks of %d: service, bare call of the model | %.3f ms,"
            + " %.3f ms |",
        BLOCKS, BLOCK, median(service), median(bare));
    line("| overhead over HTTP, median of the blocks' differences | **%.3f ms** |", overhead);
    return overhead;
  }

  private double block(TenantLoad load, int port) throws Exception {
    double[] millis = new double[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      var tenant = load.tenants().get(i % load.tenants().size());
      long start = System.nanoTime();
      int status = load.post(port, tenant, "h" + nextRequest, snippet()).statusCode();
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (status != 200) {
        throw new IllegalStateException("The server answered " + status);
      }
    }
    return median(millis);
  }

  /** One that no cache has. */
  private String snippet() {
    return "a snippet of its own, number " + nextRequest++;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private void line(String format, Object... values) {
    report.add(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
  }
}
