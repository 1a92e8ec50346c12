package dev.hone.benchmarks.adapter;

import dev.hone.adapter.Adapter;
import dev.hone.lm.Capabilities;
import dev.hone.lm.LanguageModel;
import java.util.List;
import java.util.function.Function;

/**
 * An adapter, with what the model may offer natively while it is used.
 *
 * @param name what tables call it
 * @param adapter makes the adapter, for a model that may have to read a text
 * @param capabilities what the model may offer
 */
record AdapterCase(
    String name, Function<LanguageModel, Adapter> adapter, Capabilities capabilities) {
  private static final Capabilities CALLS = Capabilities.builder().toolCalls(true).build();

  /** Those for tasks without tools. */
  static List<AdapterCase> forOutputs() {
    return List.of(
        new AdapterCase("chat/2", model -> Adapter.chat(), Capabilities.TEXT),
        new AdapterCase("json/2", model -> Adapter.json(), Capabilities.TEXT),
        new AdapterCase("json/2 + schema", model -> Adapter.json(), Capabilities.JSON_SCHEMA),
        new AdapterCase("xml/2", model -> Adapter.xml(), Capabilities.TEXT),
        new AdapterCase("functions/2", model -> Adapter.functions(), CALLS),
        new AdapterCase("two-step/2", Adapter::twoStep, Capabilities.TEXT));
  }

  /** Those for steps of agents: tools in words, and tools in requests. */
  static List<AdapterCase> forTools() {
    return List.of(
        new AdapterCase("chat/2", model -> Adapter.chat(), Capabilities.TEXT),
        new AdapterCase("json/2", model -> Adapter.json(), Capabilities.TEXT),
        new AdapterCase("json/2 + schema", model -> Adapter.json(), Capabilities.JSON_SCHEMA),
        new AdapterCase("xml/2", model -> Adapter.xml(), Capabilities.TEXT),
        new AdapterCase("chat/2, native tools", model -> Adapter.chat(), CALLS));
  }
}
