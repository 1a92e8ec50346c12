package dev.hone.modelserver;

import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmException;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives one reply, or fails in one way, and keeps what it was asked. */
final class FixedModel implements LanguageModel {
  private final LmResponse reply;
  private final LmException failure;
  final List<LmRequest> requests = new CopyOnWriteArrayList<>();

  FixedModel(LmResponse reply) {
    this.reply = reply;
    this.failure = null;
  }

  FixedModel(LmException failure) {
    this.reply = null;
    this.failure = failure;
  }

  @Override
  public LmResponse call(LmRequest request) {
    requests.add(request);
    if (failure != null) {
      throw failure;
    }
    return reply;
  }

  @Override
  public String id() {
    return "fixed";
  }
}
