package dev.hone.examples.service;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmMessage;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.LmUsage;
import dev.hone.lm.ModelIdentity;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The model of one tenant, which says whose it is, whose program asks, and what was asked. */
final class TenantModel implements LanguageModel {
  /** What the system message of a tenant's program says: whose it is, and a note. */
  static final Pattern SYSTEM = Pattern.compile("You moderate for (tenant-\\d+)\\.(.*)");

  private final Tenant tenant;
  private final LongAdder nanos;

  /**
   * A model.
   *
   * @param nanos takes the time that is spent in it
   */
  TenantModel(Tenant tenant, LongAdder nanos) {
    this.tenant = tenant;
    this.nanos = nanos;
  }

  @Override
  public LmResponse call(LmRequest request) {
    long start = System.nanoTime();
    LmResponse response = LmResponse.of(text(request), LmUsage.of(100, 20), id());
    nanos.add(System.nanoTime() - start);
    return response;
  }

  private String text(LmRequest request) {
    List<LmMessage> messages = request.messages();
    Matcher system = SYSTEM.matcher(messages.get(0).text());
    String program = system.find() ? system.group(1) + system.group(2) : "nobody";
    String last = messages.get(messages.size() - 1).text();
    String header = "[[ ## snippet ## ]]\n";
    int from = last.indexOf(header) + header.length();
    String snippet = last.substring(from, last.indexOf("\n\nAnswer with"));
    return "[[ ## severity ## ]]\nLOW\n\n[[ ## reason ## ]]\n%s\n\n[[ ## completed ## ]]"
        .formatted(reason(tenant.id(), program, snippet));
  }

  @Override
  public String id() {
    return "scripted:" + tenant.id();
  }

  @Override
  public boolean holdsCredentials() {
    return true;
  }

  @Override
  public Optional<ModelIdentity> identity() {
    return Optional.of(ModelIdentity.of(id(), tenant.url(), tenant.key()));
  }

  /** What it gives as the reason: whose model, whose program, and what was asked. */
  static String reason(String modelOf, String programOf, String snippet) {
    return "model of %s, program of %s: %s".formatted(modelOf, programOf, snippet);
  }
}
