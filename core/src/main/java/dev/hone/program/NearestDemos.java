package dev.hone.program;

import dev.hone.InvalidInputException;
import dev.hone.adapter.Demo;
import dev.hone.context.Context;
import dev.hone.embed.Embedder;
import dev.hone.embed.Embedding;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** Chooses the demos that one call of a predictor shows. */
final class NearestDemos {
  private NearestDemos() {}

  /** The state as this call shows it: without the demos that are not chosen. */
  static PredictorState shown(PredictorState state, ObjectNode inputs, Context context) {
    return state.selection() instanceof DemoSelection.Nearest nearest && !state.demos().isEmpty()
        ? state.withDemos(chosen(state.demos(), nearest, inputs, context))
        : state;
  }

  private static List<Demo> chosen(
      List<Demo> demos, DemoSelection.Nearest nearest, ObjectNode inputs, Context context) {
    Embedder embedder = embedder(nearest, context);
    Embedding query = embedder.embed(DemoSelection.text(inputs));
    double[] cosines = nearest.vectors().stream().mapToDouble(query::cosine).toArray();
    return IntStream.range(0, demos.size())
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -cosines[i]))
        .limit(nearest.k())
        .map(demos::get)
        .toList();
  }

  private static Embedder embedder(DemoSelection.Nearest nearest, Context context) {
    Embedder embedder =
        context
            .embedder()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "The program chooses its demos by the embedder \"%s\", and none is set"
                            .formatted(nearest.embedderId()),
                        "add the module hone-local, or Context.builder().embedder(embedder)"));
    if (!embedder.id().equals(nearest.embedderId())) {
      throw InvalidInputException.of(
          "The program chooses its demos by the embedder \"%s\", and the context has \"%s\""
              .formatted(nearest.embedderId(), embedder.id()),
          "set the one it was compiled with, or compile it again");
    }
    return embedder;
  }
}
