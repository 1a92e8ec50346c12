package dev.hone.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.examples.service.TenantLoad.Checked;
import dev.hone.examples.service.TenantService.Limits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TenantServiceTest {
  private static final int TENANTS = 12;
  private static final int HISTORY = 10;

  @TempDir private Path folder;
  private TenantLoad load;

  @BeforeEach
  void start() throws Exception {
    load = new TenantLoad(folder, TENANTS, new Limits(8, 20, HISTORY));
  }

  @AfterEach
  void stop() {
    load.close();
  }

  @Test
  void nothingCrossesTenants() throws Exception {
    Checked checked = load.run(600, 6, 1);

    assertThat(checked.crossings()).isZero();
    assertThat(checked.replies()).isEqualTo(600);
    assertThat(checked.vetoes()).isPositive();
    assertThat(checked.auditLines()).isEqualTo(600);
    assertThat(checked.events()).isGreaterThan(1_200);
    assertThat(checked.histories()).isEqualTo(TENANTS * HISTORY);
    assertThat(checked.mostHistory()).isEqualTo(HISTORY);
  }

  @Test
  void aProgramThatIsDeployedAnewIsRunFromThenOn() throws Exception {
    Tenant tenant = load.tenants().get(3);
    String before = load.post(tenant, "r1", "hello").body();
    load.deploy(tenant, " Version 2.");

    String after = load.post(tenant, "r2", "hello").body();

    assertThat(before).contains("program of tenant-3: hello");
    assertThat(after).contains("program of tenant-3 Version 2.: hello");
    assertThat(load.post(load.tenants().get(4), "r3", "hello").body())
        .contains("program of tenant-4: hello");
  }

  @Test
  void usageIsCountedPerTenant() throws Exception {
    Tenant tenant = load.tenants().get(0);
    load.post(tenant, "r1", "one");
    load.post(tenant, "r2", "one");
    load.post(tenant, "r3", "two");
    load.post(tenant, "r4", "forbidden-0");

    assertThat(load.get(tenant, "/usage").toString())
        .isEqualTo(
            "{\"tenant\":\"tenant-0\",\"calls\":2,\"cached_calls\":1,\"failed_calls\":1,\"tokens\":240}");
    assertThat(load.get(load.tenants().get(1), "/usage").path("calls").asInt()).isZero();
  }

  @Test
  void saysWhatIsWrongWithARequest() throws Exception {
    Tenant tenant = load.tenants().get(0);
    Tenant stranger =
        new Tenant("x", "none", "m", "u", "k", tenant.artifact(), Pattern.compile("x"), 1);

    assertThat(load.post(stranger, "r1", "hello").statusCode()).isEqualTo(401);
    HttpResponse<String> bad =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://localhost:" + load.service().port() + "/moderate"))
                    .header("Authorization", "Bearer " + tenant.token())
                    .POST(HttpRequest.BodyPublishers.ofString("{\"snippet\": 3}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(load.get(tenant, "/other").path("error").asString("")).contains("POST /moderate");
    Files.writeString(tenant.artifact(), "{}");
    HttpResponse<String> broken = load.post(tenant, "r2", "hello");
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).doesNotContain(folder.toString());
    assertThat(tenant.toString()).doesNotContain("key-of", "token-of");
  }

  @Test
  void aTenantThatHasMadeItsCallsOfTheMinuteWaitsForTheNext() {
    long[] now = {0};
    Tenant tenant = new Tenant("t", "", "", "", "", folder, Pattern.compile("never"), 2);
    TenantRules rules = new TenantRules(tenant, () -> now[0]);
    var request = dev.hone.lm.LmRequest.of(dev.hone.lm.LmMessage.user("hello"));

    rules.beforeCall(request, java.util.Map.of());
    rules.beforeCall(request, java.util.Map.of());
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () -> rules.beforeCall(request, java.util.Map.of())))
        .hasMessageContaining("2 calls of the minute");
    now[0] = 60_000_000_000L;
    rules.beforeCall(request, java.util.Map.of());
  }
}
