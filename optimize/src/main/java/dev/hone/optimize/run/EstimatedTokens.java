package dev.hone.optimize.run;

import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.program.PredictorState;
import dev.hone.program.ProgramState;

/**
 * What one run of a program costs in tokens, prompt and completion, estimated from its texts before
 * any run: four characters are a token, as in English prose. Good enough to compare candidates of
 * one program, whose prompts differ by instructions and demos; not for a bill.
 */
public final class EstimatedTokens {
  private static final double CHARACTERS_PER_TOKEN = 4;

  /** What stands around an instruction in a prompt: fields, their types, the form of the answer. */
  private static final double FRAME = 120;

  private EstimatedTokens() {}

  /** The tokens that instructions, demos and tool descriptions of a state add to a run. */
  public static double ofState(ProgramState state) {
    return state.byPredictor().values().stream().mapToDouble(EstimatedTokens::ofPredictor).sum();
  }

  private static double ofPredictor(PredictorState state) {
    long characters = state.instructions().length();
    characters +=
        state.demos().stream().mapToLong(demo -> length(demo.inputs(), demo.outputs())).sum();
    for (var description : state.toolDescriptions().entrySet()) {
      characters += description.getKey().length() + description.getValue().length();
    }
    return FRAME + characters / CHARACTERS_PER_TOKEN;
  }

  /** The tokens of an example's own texts, inputs and labels, in the mean over a dataset. */
  public static double ofExample(Dataset<?, ?> examples) {
    return examples.examples().stream().mapToLong(EstimatedTokens::length).average().orElse(0)
        / CHARACTERS_PER_TOKEN;
  }

  private static long length(Example<?, ?> example) {
    return example.hasLabel()
        ? length(example.inputJson(), example.expectedJson())
        : length(example.inputJson());
  }

  private static long length(Object... texts) {
    long length = 0;
    for (Object text : texts) {
      length += text.toString().length();
    }
    return length;
  }
}
