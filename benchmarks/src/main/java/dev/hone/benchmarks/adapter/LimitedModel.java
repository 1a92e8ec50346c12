package dev.hone.benchmarks.adapter;

import dev.hone.lm.Capabilities;
import dev.hone.lm.ForwardingLanguageModel;
import dev.hone.lm.LanguageModel;
import dev.hone.lm.LmRequest;
import dev.hone.lm.LmResponse;
import dev.hone.lm.MessagePart.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A model that offers no more than it is allowed to, and keeps what it said. */
final class LimitedModel extends ForwardingLanguageModel {
  private final Capabilities capabilities;
  private final List<String> said = new ArrayList<>();

  LimitedModel(LanguageModel model, Capabilities capabilities) {
    super(model);
    this.capabilities = capabilities;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public LmResponse call(LmRequest request) {
    LmResponse response = super.call(request);
    said.add(text(response));
    return response;
  }

  /** The text of a reply with its calls, a line each. */
  static String text(LmResponse response) {
    String calls =
        response.parts().stream()
            .filter(ToolCall.class::isInstance)
            .map(part -> ((ToolCall) part).name() + " " + ((ToolCall) part).arguments())
            .collect(Collectors.joining("\n"));
    return response.text().isEmpty() ? calls : response.text() + "\n" + calls;
  }

  /** What it said since this was last asked. */
  List<String> takeSaid() {
    List<String> taken = List.copyOf(said);
    said.clear();
    return taken;
  }
}
