package dev.hone.optimize.choice;

import dev.hone.optimize.run.ReturnReason;
import dev.hone.optimize.run.TokensPerRun;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.LeadOverBaseline;
import dev.hone.text.Plural;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search found and what is returned of it, in sentences. What is said of scores holds on the
 * examples that those that are compared have in common.
 *
 * @param lead how far what is returned is ahead of the baseline; where the baseline is returned,
 *     the lead of what would have been, or of the one most probably better among those that scored
 *     higher; empty if nothing scored higher
 * @param found what was found, and how sure that is
 * @param why why what is returned is returned
 * @param notes what else there is to say of it
 * @param tokens what a run of what is returned costs beside one of the baseline
 */
public record Findings(
    Optional<LeadOverBaseline> lead,
    String found,
    String why,
    List<String> notes,
    TokensPerRun tokens) {

  /**
   * The findings on a choice.
   *
   * @param candidates what the search came to
   * @param choice what is returned of it
   * @param searchName the name of the search
   */
  public static Findings of(Candidates candidates, LastChoice choice, String searchName) {
    return new Writer(candidates, choice, searchName).write();
  }

  private record Writer(Candidates all, LastChoice choice, String searchName) {
    Findings write() {
      Optional<LeadOverBaseline> lead = lead();
      List<String> notes = new ArrayList<>();
      equals().ifPresent(notes::add);
      ofCaution().ifPresent(notes::add);
      if (choice.checks().isEmpty()) { // under constraints the score is not what counts alone
        higher().ifPresent(notes::add);
      }
      return new Findings(
          lead, found(lead), why(), List.copyOf(notes), all.tokensPerRun(returned()));
    }

    private Configuration returned() {
      return choice.configuration();
    }

    private CommonExamples examples() {
      return all.examples();
    }

    private boolean isBaseline() {
      return returned().equals(all.baseline());
    }

    /** Everything but the baseline that has a score on an example of the baseline. */
    private List<Configuration> others() {
      return examples().scores().configurations().stream()
          .filter(each -> !each.equals(all.baseline()))
          .filter(each -> !examples().of(each, all.baseline()).isEmpty())
          .toList();
    }

    private List<Configuration> higherThanBaseline() {
      return others().stream().filter(each -> examples().higher(each, all.baseline())).toList();
    }

    private Optional<LeadOverBaseline> lead() {
      if (!isBaseline()) {
        return all.lead(returned());
      }
      if (choice.reason() == ReturnReason.KEPT_BASELINE) {
        return all.lead(choice.preferred());
      }
      List<Configuration> higher = higherThanBaseline();
      if (higher.contains(all.searched())) {
        return all.lead(all.searched());
      }
      return higher.stream()
          .flatMap(each -> all.lead(each).stream())
          .max(
              Comparator.comparingDouble(LeadOverBaseline::probability)
                  .thenComparing(lead -> all.name(lead.configuration())));
    }

    private String found(Optional<LeadOverBaseline> lead) {
      if (!isBaseline()) {
        return lead.map(this::inWords).orElse("");
      }
      int others = others().size();
      if (others == 0) {
        return "nothing else has a score on an example of the program as given";
      }
      int higher = higherThanBaseline().size();
      return "%s of %s scored higher than the program as given on the examples that both were scored on%s%s"
          .formatted(
              higher == 0 ? "none" : higher,
              Plural.of(others, "other configuration"),
              level(others),
              lead.map(one -> "; " + inWords(one)).orElse(""));
    }

    private String level(int others) {
      long level = others().stream().filter(each -> examples().level(each, all.baseline())).count();
      return level == 0
          ? ""
          : level == others ? ", all scored the same" : ", %d scored the same".formatted(level);
    }

    private String inWords(LeadOverBaseline lead) {
      return "%s less the program as given: %s as scored, on %s that both were scored on; better with a probability of %s, by %s"
          .formatted(
              all.name(lead.configuration()),
              String.format(Locale.ROOT, "%+.3f", lead.difference().mean()),
              Plural.of(lead.difference().examples(), "example"),
              lead.percent(),
              lead.source());
    }

    private String why() {
      String name = all.name(returned());
      return switch (choice.reason()) {
        case HIGHEST_EXPECTED_SCORE ->
            "%s, which has the highest expected score by %s%s"
                .formatted(
                    name,
                    searchName,
                    choice.checks().isEmpty() ? "" : ", less what the constraints lack");
        case CHEAPER_OF_EQUALS ->
            "%s, the cheaper of those that scored the same on every example".formatted(name);
        case CONSTRAINTS -> "%s, by the constraints".formatted(name);
        case CHEAPEST_WITHIN -> "%s, by cheapestWithin".formatted(name);
        case KEPT_BASELINE -> kept(name);
        case MUST_PASS -> "%s, by the must-pass examples".formatted(name);
        case NOTHING_TO_COMPARE -> "%s, since nothing else can be compared with it".formatted(name);
      };
    }

    private String kept(String name) {
      return String.format(
          Locale.ROOT,
          "%s, by keepBaselineUnless: %s is better with a probability of %.3f, less than %s",
          name,
          all.name(choice.preferred()),
          all.lead(choice.preferred())
              .map(lead -> Math.floor(lead.probability() * 1000) / 1000)
              .orElse(0.0),
          all.rules().keepBaselineUnless().orElseThrow());
    }

    /** What keepBaselineUnless came to, where it is set and did not decide. */
    private Optional<String> ofCaution() {
      OptionalDouble asked = all.rules().keepBaselineUnless();
      boolean decided = choice.reason() == ReturnReason.KEPT_BASELINE;
      boolean untried = choice.reason() == ReturnReason.MUST_PASS && isBaseline();
      if (asked.isEmpty() || decided || untried) {
        return Optional.empty();
      }
      String setting = "keepBaselineUnless (%s)".formatted(asked.getAsDouble());
      if (isBaseline()) {
        return Optional.of(
            setting + " has no effect, since the program as given is the choice without it.");
      }
      return Optional.of(
          all.surpasses(returned())
              ? "%s is met by %s.".formatted(setting, all.name(returned()))
              : setting
                  + " is not met, but the program as given is not shown to meet the constraints.");
    }

    /** That something else did exactly as well, and costs more; under any search. */
    private Optional<String> equals() {
      if (choice.reason() != ReturnReason.HIGHEST_EXPECTED_SCORE
          && choice.reason() != ReturnReason.CHEAPER_OF_EQUALS) {
        return Optional.empty();
      }
      List<Configuration> dearer =
          all.equalsOf(returned()).stream()
              .filter(each -> all.tokensBeside(returned(), each).ratio() > 1)
              .toList();
      if (dearer.isEmpty()) {
        return Optional.empty();
      }
      Configuration one = dearer.contains(all.searched()) ? all.searched() : dearer.get(0);
      return Optional.of(
          "%s%s scored the same as %s on each of its %s; of equals the cheaper is returned, tokens per run %s."
              .formatted(
                  all.name(one),
                  dearer.size() == 1 ? "" : " and %d more".formatted(dearer.size() - 1),
                  all.name(returned()),
                  Plural.of(examples().of(returned()).size(), "example"),
                  all.tokensBeside(one, returned())));
    }

    /** Why a configuration is returned though another scored higher on all of its examples. */
    private Optional<String> higher() {
      if (!returned().equals(all.searched())
          || choice.reason() == ReturnReason.NOTHING_TO_COMPARE) {
        return Optional.empty();
      }
      List<Integer> own = examples().of(returned());
      return examples().scores().configurations().stream()
          .filter(other -> examples().covers(other, returned()))
          .filter(other -> examples().higher(other, returned()))
          .max(Comparator.comparingDouble(other -> examples().value(other, own)))
          .map(
              other ->
                  String.format(
                      Locale.ROOT,
                      "%s is returned with %.3f, though %s has %.3f on the same %s: the search %s chooses by what all scores of the same instructions and demo sets predict, and the highest of many means is often luck.",
                      all.name(returned()),
                      examples().value(returned(), own),
                      all.name(other),
                      examples().value(other, own),
                      Plural.of(own.size(), "validation example"),
                      searchName));
    }
  }
}
