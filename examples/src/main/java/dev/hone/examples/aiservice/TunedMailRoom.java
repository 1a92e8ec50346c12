package dev.hone.examples.aiservice;

import dev.hone.context.Context;
import dev.hone.data.Columns;
import dev.hone.data.Dataset;
import dev.hone.data.Source;
import dev.hone.evaluate.Evaluator;
import dev.hone.examples.BuiltInTask;
import dev.hone.examples.aiservice.MailRoom.Desk;
import dev.hone.examples.aiservice.MailRoom.Intent;
import dev.hone.langchain4j.service.AiServiceProgram;
import dev.hone.lm.LanguageModel;
import dev.hone.local.EmbeddedModel;
import dev.hone.optimize.mipro.MiproV2;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Optimizes one method of the AI service in {@link MailRoom} and gives the service back, with no
 * line of the application changed. Without a key or a network.
 */
public final class TunedMailRoom {
  private static final List<String> MAIL =
      List.of("Where is my parcel? It was due on Monday.", "I cannot log in any more.");

  private TunedMailRoom() {}

  /** Runs it, and prints the score before and after. */
  public static void main(String[] args) {
    LanguageModel model = EmbeddedModel.load();
    var classify = AiServiceProgram.of(Desk.class, Desk::classify);
    var trainset = examples("train.jsonl", classify);
    var evaluator = Evaluator.of(examples("test.jsonl", classify), classify.exact());

    var context = Context.builder().lm(model).build();
    System.out.println("before " + context.call(() -> evaluator.evaluate(classify)));
    var tuned =
        context.call(() -> MiproV2.light().seed(7).compile(classify, trainset, classify.exact()));
    System.out.println("after  " + context.call(() -> evaluator.evaluate(tuned)));

    MailRoom room = new MailRoom(classify.asService(tuned, model));
    System.out.println("counts " + room.count(MAIL));
  }

  private static Dataset<ObjectNode, ObjectNode> examples(
      String file, AiServiceProgram<Desk, Intent> program) {
    return Dataset.ofJsonl(
        Source.ofResource(BuiltInTask.class, "support/" + file),
        program.signature(),
        Columns.asNamed());
  }
}
