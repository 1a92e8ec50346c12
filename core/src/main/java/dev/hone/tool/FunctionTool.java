package dev.hone.tool;

import dev.hone.SettingCheck;
import dev.hone.lm.ToolSpec;
import dev.hone.retrieve.Retriever;
import dev.hone.signature.Desc;
import dev.hone.signature.Limits;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A tool of a lambda, of a method or of a retriever. */
final class FunctionTool<A> implements Tool {
  private final ToolSpec spec;
  private final ToolLimits limits;
  private final Arguments<A> arguments;
  private final Function<? super A> function;

  private FunctionTool(
      ToolSpec spec, ToolLimits limits, Arguments<A> arguments, Function<? super A> function) {
    this.spec = spec;
    this.limits = limits;
    this.arguments = arguments;
    this.function = function;
  }

  static <A> Tool of(
      String name, String description, Arguments<A> arguments, Function<? super A> function) {
    ToolSpec spec = ToolSpec.of(name, description, arguments.schema());
    return new FunctionTool<>(spec, ToolLimits.defaults(), arguments, function);
  }

  private record Search(@Desc("what to look for") @Limits(minSize = 1) String query) {}

  static Tool ofRetriever(String name, String description, Retriever retriever, int k) {
    SettingCheck.given("retriever", retriever);
    SettingCheck.atLeast("k", k, 1);
    Arguments<Search> arguments = Arguments.ofRecord(Search.class);
    return of(name, description, arguments, search -> passages(retriever, search.query(), k));
  }

  private static String passages(Retriever retriever, String query, int k) {
    String passages =
        retriever.retrieve(query, k).stream()
            .map(found -> "[%s] %s".formatted(found.passage().id(), found.passage().text()))
            .collect(Collectors.joining("\n"));
    return passages.isEmpty() ? "Nothing was found." : passages;
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public ToolLimits limits() {
    return limits;
  }

  @Override
  public Tool withLimits(ToolLimits value) {
    return new FunctionTool<>(spec, value, arguments, function);
  }

  @Override
  public ObjectNode read(ObjectNode given) {
    return arguments.read(given);
  }

  @Override
  public ToolOutput call(ObjectNode given) throws Exception {
    return ResultText.output(function.apply(arguments.decode(given)));
  }

  @Override
  public String toString() {
    return "Tool[" + spec.name() + arguments + "]";
  }
}
