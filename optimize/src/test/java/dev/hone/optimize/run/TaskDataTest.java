package dev.hone.optimize.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.data.Dataset;
import dev.hone.data.Example;
import dev.hone.optimize.OptimizationTask;
import dev.hone.optimize.fake.Tickets;
import dev.hone.optimize.fake.Tickets.Route;
import dev.hone.optimize.fake.Tickets.Ticket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskDataTest {
  private static TaskData<Ticket, Route> split(Dataset<Ticket, Route> trainset) {
    OptimizationTask<Ticket, Route> task =
        OptimizationTask.of(new Tickets.Router(), trainset, Tickets.metric());
    return TaskData.of(task, 0.3, 1);
  }

  private static Dataset<Ticket, Route> repeated(int distinct, int times) {
    List<Example<Ticket, Route>> rows = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      rows.addAll(Tickets.data(0, distinct, "quartz").examples());
    }
    return Dataset.of(rows);
  }

  @Test
  void sharesOutTheTrainset() {
    TaskData<Ticket, Route> data = split(Tickets.data(0, 40, "quartz"));

    assertThat(data.trainset().size()).isEqualTo(28);
    assertThat(data.valset().size()).isEqualTo(12);
    assertThat(data.notes()).isEmpty();
  }

  @Test
  void keepsRowsWithEqualInputsTogether() {
    TaskData<Ticket, Route> data = split(repeated(3, 5));

    assertThat(data.trainset().overlapWith(data.valset())).isEmpty();
    assertThat(data.trainset().size()).isEqualTo(10);
    assertThat(data.valset().size()).isEqualTo(5);
    assertThat(data.notes())
        .anyMatch(note -> note.contains("15 examples have 3 distinct inputs"))
        .anyMatch(note -> note.contains("only 5 validation examples"));
  }

  @Test
  void refusesATrainsetOfOneInput() {
    assertThatThrownBy(() -> split(repeated(1, 7)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 distinct input in 7 examples")
        .hasMessageContaining("Maybe");
  }

  @Test
  void oneMoreExampleMovesFewOthersBetweenLearningAndChoosing() {
    for (int size : new int[] {40, 60, 61, 90}) {
      TaskData<Ticket, Route> before = split(Tickets.data(0, size, "quartz"));
      TaskData<Ticket, Route> after = split(Tickets.data(0, size + 1, "quartz"));

      assertThat(after.valset().without(before.valset()).size()).isLessThanOrEqualTo(2);
      assertThat(before.valset().without(after.valset()).size()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void oneMoreExampleMovesFewOthersWhereInputsRecur() {
    Dataset<Ticket, Route> twice = repeated(40, 2);
    TaskData<Ticket, Route> before = split(twice);
    TaskData<Ticket, Route> after = split(twice.concat(Tickets.data(40, 41, "quartz")));

    assertThat(before.valset().without(after.valset()).size()).isLessThanOrEqualTo(4);
    assertThat(before.trainset().without(after.trainset()).size()).isLessThanOrEqualTo(4);
  }
}
