package dev.hone.optimize.propose;

import dev.hone.json.Json;
import dev.hone.optimize.bootstrap.ErrorContrast;
import dev.hone.optimize.bootstrap.ScoredAnswer;
import dev.hone.program.TraceStep;
import dev.hone.random.RandomSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.node.ObjectNode;

/**
 * The training examples that one proposal is shown for contrast, as texts: at most {@value
 * #MOST_WRONG} that the program gets wrong, spread over their right answers, and at most {@value
 * #MOST_RIGHT} that it gets right, first those whose answer is one that was mistaken. Values are
 * cut as those of all examples are.
 *
 * @param wrong those it gets wrong; empty for none
 * @param right those it gets right; empty for none, and where there is nothing wrong
 */
record ShownErrors(String wrong, String right) {
  private static final int MOST_WRONG = 8;
  private static final int MOST_RIGHT = 4;

  /** Nothing to show. */
  static final ShownErrors NONE = new ShownErrors("", "");

  /** Draws the examples for a proposal for one predictor, of runs that called it. */
  static ShownErrors draw(ErrorContrast errors, String predictor, SplittableRandom random) {
    List<ScoredAnswer> wrong = spread(calling(errors.wrong(), predictor, random));
    if (wrong.isEmpty()) {
      return NONE;
    }
    wrong = wrong.subList(0, Math.min(MOST_WRONG, wrong.size()));
    List<ScoredAnswer> right = near(calling(errors.right(), predictor, random), wrong);
    right = right.subList(0, Math.min(MOST_RIGHT, right.size()));
    return new ShownErrors(
        ExampleText.joined(wrong.stream().map(answer -> wrong(answer, predictor)).toList()),
        ExampleText.joined(right.stream().map(ShownErrors::right).toList()));
  }

  private static List<ScoredAnswer> calling(
      List<ScoredAnswer> answers, String predictor, SplittableRandom random) {
    return RandomSource.shuffled(
        answers.stream().filter(answer -> answer.called(predictor)).toList(), random.split());
  }

  /** One of each right answer, then the second of each, and so on. */
  private static List<ScoredAnswer> spread(List<ScoredAnswer> answers) {
    Map<Integer, List<ScoredAnswer>> rounds = new LinkedHashMap<>();
    Map<ObjectNode, Integer> seen = new HashMap<>();
    for (ScoredAnswer answer : answers) {
      int before = seen.merge(expected(answer), 1, Integer::sum) - 1;
      rounds.computeIfAbsent(before, round -> new ArrayList<>()).add(answer);
    }
    return rounds.values().stream().flatMap(List::stream).toList();
  }

  /** Those first that answer what was mistaken for another answer, or another for it. */
  private static List<ScoredAnswer> near(List<ScoredAnswer> right, List<ScoredAnswer> wrong) {
    Set<ObjectNode> mistaken = new HashSet<>();
    for (ScoredAnswer answer : wrong) {
      mistaken.add(answer.answer());
      mistaken.add(expected(answer));
    }
    List<ScoredAnswer> order = new ArrayList<>(right);
    order.removeIf(answer -> !mistaken.contains(answer.answer()));
    right.stream().filter(answer -> !mistaken.contains(answer.answer())).forEach(order::add);
    return order;
  }

  private static ObjectNode expected(ScoredAnswer answer) {
    return answer.example().hasLabel() ? answer.example().expectedJson() : Json.object();
  }

  private static String wrong(ScoredAnswer answer, String predictor) {
    StringBuilder text = new StringBuilder(ExampleText.lines(answer.example()));
    text.append("wrong answer: ").append(cut(Json.write(answer.answer()))).append('\n');
    if (!answer.feedback().isBlank()) {
      text.append("said of it: ").append(cut(Truncation.line(answer.feedback()))).append('\n');
    }
    TraceStep call = lastCall(answer, predictor);
    if (!call.outputs().equals(answer.answer())) {
      text.append("this predictor was given: ")
          .append(cut(Json.write(call.inputs())))
          .append("\nand gave: ")
          .append(cut(Json.write(call.outputs())))
          .append('\n');
    }
    return text.toString();
  }

  private static TraceStep lastCall(ScoredAnswer answer, String predictor) {
    List<TraceStep> calls =
        answer.steps().stream().filter(step -> step.predictor().equals(predictor)).toList();
    return calls.get(calls.size() - 1);
  }

  /** A right answer is the label, or where there is none what passed. */
  private static String right(ScoredAnswer answer) {
    String lines = ExampleText.lines(answer.example());
    return answer.example().hasLabel() ? lines : lines + ExampleText.lines(answer.answer());
  }

  private static String cut(String text) {
    return Truncation.to(Truncation.VALUE, text);
  }
}
