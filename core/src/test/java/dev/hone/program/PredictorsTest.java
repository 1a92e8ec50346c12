package dev.hone.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.InvalidInputException;
import dev.hone.compiled.Compiled;
import dev.hone.program.Programs.Answer;
import dev.hone.program.Programs.Hop;
import dev.hone.program.Programs.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PredictorsTest {
  private final Predict<Question, Answer> first = Programs.answerer("First.");
  private final Predict<Question, Answer> second = Programs.answerer("Second.");

  /** A program that only holds things. */
  private abstract static class Holder implements Program<Question, Answer> {
    @Override
    public Answer run(Question input) {
      return new Answer("");
    }
  }

  @Test
  void namesAPredictorOnItsOwnSelf() {
    assertThat(Predictors.of(first).byName()).containsExactly(Map.entry("self", first));
    assertThat(Predictors.of(first).nameOf(first)).contains("self");
    assertThat(Predictors.of(first).nameOf(second)).isEmpty();
  }

  @Test
  void namesPredictorsByTheFieldsThatLeadToThemInOrder() {
    Hop hop = Hop.create();
    Program<Question, Answer> program =
        new Holder() {
          @SuppressWarnings("unused")
          final Program<Question, Answer> hopping = hop;

          @SuppressWarnings("unused")
          final Object ignored = "no program";

          @SuppressWarnings("unused")
          final Predict<Question, Answer> last = first;
        };

    assertThat(Predictors.of(program).byName().keySet())
        .containsExactly("hopping.query", "hopping.answer", "last");
  }

  @Test
  void looksIntoListsMapsOptionalsAndArrays() {
    record Judges(
        List<Predict<Question, Answer>> all,
        Map<String, Program<Question, Answer>> byTopic,
        Optional<Predict<Question, Answer>> extra,
        Optional<Predict<Question, Answer>> none,
        Program<?, ?>[] array)
        implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return all.get(0).run(input);
      }
    }
    Map<String, Program<Question, Answer>> byTopic = new HashMap<>();
    byTopic.put("sport", Programs.answerer("Sport."));
    byTopic.put("law", Hop.create());

    Predictors predictors =
        Predictors.of(
            new Judges(
                List.of(first, second),
                byTopic,
                Optional.of(Programs.answerer("Extra.")),
                Optional.empty(),
                new Program<?, ?>[] {null, Programs.answerer("Array.")}));

    assertThat(predictors.byName().keySet())
        .containsExactly(
            "all[0]",
            "all[1]",
            "byTopic['law'].query",
            "byTopic['law'].answer",
            "byTopic['sport']",
            "extra",
            "array[1]");
  }

  @Test
  void looksIntoRecordsThatHoldPredictors() {
    record Node(int depth, Optional<Node> next) {}
    record Tools(Predict<Question, Answer> look, Node data, Optional<Tools> more) {}
    record Agent(Tools tools, Predict<Question, Answer> last) implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return last.run(input);
      }
    }

    Agent agent =
        new Agent(
            new Tools(
                first, new Node(1, Optional.of(new Node(2, Optional.empty()))), Optional.empty()),
            second);

    assertThat(Predictors.of(agent).byName()).containsOnlyKeys("tools.look", "last");
  }

  @Test
  void survivesCollectionsThatHoldThemselves() {
    class Ring extends Holder {
      final List<Object> list = new ArrayList<>();
      final Map<String, Object> map = new HashMap<>();
    }
    Ring ring = new Ring();
    ring.list.add(ring.list);
    ring.list.add(first);
    ring.map.put("self", ring.map);

    assertThat(Predictors.of(ring).byName()).containsOnlyKeys("list[1]");
  }

  @Test
  void readsProgramsThatExtendClassesOfTheJdk() {
    enum Only implements Program<Question, Answer> {
      ONE;

      @Override
      public Answer run(Question input) {
        return new Answer("");
      }
    }
    class Judges extends ArrayList<Predict<Question, Answer>> implements Program<Question, Answer> {
      private static final long serialVersionUID = 1L;

      @Override
      public Answer run(Question input) {
        return get(0).run(input);
      }
    }
    Judges judges = new Judges();
    judges.add(first);

    assertThat(Predictors.of(Only.ONE).byName()).isEmpty();
    assertThat(Predictors.of(judges).byName()).containsOnlyKeys("[0]");
  }

  @Test
  void countsASharedObjectOnceUnderItsFirstPath() {
    record Twice(Predict<Question, Answer> one, Predict<Question, Answer> other)
        implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return one.run(input);
      }
    }

    assertThat(Predictors.of(new Twice(first, first)).byName().keySet()).containsExactly("one");
    assertThat(Predictors.of(new Twice(first, second)).byName().keySet())
        .containsExactly("one", "other");
  }

  @Test
  void findsInheritedFieldsBeforeOwnOnes() {
    class Parent extends Holder {
      @SuppressWarnings("unused")
      private final Predict<Question, Answer> inherited = first;
    }
    class Child extends Parent {
      @SuppressWarnings("unused")
      private final Predict<Question, Answer> own = second;
    }

    assertThat(Predictors.of(new Child()).byName().keySet()).containsExactly("inherited", "own");
  }

  @Test
  void refusesTwoPredictorsOfOneName() {
    class Parent extends Holder {
      @SuppressWarnings("unused")
      private final Predict<Question, Answer> answer = first;
    }
    class Child extends Parent {
      @SuppressWarnings("unused")
      private final Predict<Question, Answer> answer = second;
    }

    assertThatThrownBy(() -> Predictors.of(new Child()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("Two predictors", "\"answer\"", "Maybe rename");
  }

  @Test
  void doesNotLookIntoFrozenPrograms() {
    Compiled<Question, Answer> frozen =
        Compiled.of(first, Predictors.of(first).initialState(), Programs.provenance());
    record Outer(Compiled<Question, Answer> frozen, Predict<Question, Answer> own)
        implements Program<Question, Answer> {
      @Override
      public Answer run(Question input) {
        return frozen.run(input);
      }
    }

    assertThat(Predictors.of(new Outer(frozen, second)).byName().keySet()).containsExactly("own");
    assertThat(Predictors.of(frozen).byName()).isEmpty();
  }

  @Test
  void survivesProgramsThatHoldEachOther() {
    class Ring extends Holder {
      @SuppressWarnings("unused")
      Program<Question, Answer> next = this;

      @SuppressWarnings("unused")
      final Predict<Question, Answer> answer = first;
    }
    Ring one = new Ring();
    Ring two = new Ring();
    one.next = two;
    two.next = one;

    assertThat(Predictors.of(one).byName().keySet()).containsExactly("next.answer");
  }

  @Test
  void namesWhatAnAnonymousProgramCapturesByItsVariable() {
    Predict<Question, Answer> captured = first;
    Program<Question, Answer> program =
        new Program<>() {
          @Override
          public Answer run(Question input) {
            return captured.run(input);
          }
        };

    assertThat(Predictors.of(program).byName().keySet()).containsExactly("captured");
  }

  @Test
  void refusesALambdaThatCapturesAPredictor() {
    Predict<Question, Answer> captured = first;
    Program<Question, Answer> program = input -> captured.run(input);

    assertThatThrownBy(() -> Predictors.of(program))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("lambda", "Maybe declare it as a record");
  }

  @Test
  void findsNothingInALambdaThatCapturesNone() {
    Program<Question, Answer> program = input -> new Answer(input.question());

    assertThat(Predictors.of(program).byName()).isEmpty();
  }

  @Test
  void refusesProgramsInASet() {
    class Judges extends Holder {
      @SuppressWarnings("unused")
      final Set<Program<Question, Answer>> judges = Set.of(first);
    }

    assertThatThrownBy(() -> Predictors.of(new Judges()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("judges", "Maybe use a List");
  }

  @Test
  void doesNotFindWhatOnlyAMethodKnows() {
    class Lazy extends Holder {
      @SuppressWarnings("unused")
      final Supplier<Predict<Question, Answer>> supplier = () -> first;

      @SuppressWarnings("unused")
      final List<String> texts = new ArrayList<>(List.of("a"));
    }

    assertThat(Predictors.of(new Lazy()).byName()).isEmpty();
  }

  @Test
  void givesTheStatesThatThePredictorsWereMadeWith() {
    Predict<Question, Answer> shown = first.withDemos(List.of(Programs.demo("q", "a")));

    ProgramState state = Predictors.of(shown).initialState();

    assertThat(state.of("self"))
        .isEqualTo(new PredictorState("First.", List.of(Programs.demo("q", "a"))));
    assertThatThrownBy(() -> state.of("other")).hasMessageContainingAll("\"other\"", "[self]");
  }
}
