package dev.hone.optimize.choice;

import dev.hone.optimize.Verdict;
import dev.hone.optimize.search.Configuration;
import dev.hone.optimize.search.LeadOverBaseline;
import dev.hone.optimize.search.ScoreTable;
import dev.hone.optimize.verdict.GainCheck;
import java.util.List;
import java.util.Optional;

/** The verdict by the scores of a search, and what it knows of the one that it speaks of. */
public final class SearchVerdict {
  private SearchVerdict() {}

  /**
   * The verdict; empty where nothing can be compared with the baseline.
   *
   * @param scores all scores
   * @param baseline what the program began with
   * @param returned what is returned
   * @param lead the lead that the findings speak of, whose probability the verdict has; empty for
   *     none
   */
  public static Optional<Verdict> of(
      ScoreTable scores,
      Configuration baseline,
      Configuration returned,
      Optional<LeadOverBaseline> lead) {
    List<Configuration> others =
        scores.configurations().stream().filter(each -> !each.equals(baseline)).toList();
    GainCheck check =
        GainCheck.of(
            scores.modelScores(baseline), others.stream().map(scores::modelScores).toList());
    Configuration about = lead.map(LeadOverBaseline::configuration).orElse(returned);
    int place = others.indexOf(about);
    if (place >= 0) {
      check = returned.equals(about) ? check.returned(place) : check.about(place);
      check = lead.isPresent() ? check.probability(lead.get().probability()) : check;
    }
    return check.verdict();
  }
}
