"""The tables of the side-by-side and what of issue 14 holds, as Markdown: python tables.py RESULTS_FOLDER.

Differences are in points of the test score, paired by task and seed. The pooled difference is the mean of the tasks'; its
standard error comes from the spread within each task, so the choice of tasks and of their test sets is not in it.
"""

import json
import math
import pathlib
import statistics as st
import sys

ONE_SIDED_95 = 1.645
TASKS = ("support", "moderation", "travel")
PROGRAMS = ("dspy", "dspy-16", "labelled", "hone", "hone-4-half", "hone-4-equal", "hone-16-half", "hone-16-equal", "hone-labelled")
PAIRS = (("hone", "dspy"), ("hone", "labelled"), ("hone-4-half", "dspy"), ("hone-4-equal", "dspy"), ("hone-16-half", "dspy-16"),
         ("hone-16-equal", "dspy-16"), ("dspy", "labelled"), ("dspy-16", "labelled"), ("hone-labelled", "labelled"))
WEIGHTINGS = {"standard": "The stand-in as it is", "texts": "The second weighting: instructions count for more, demos for less"}


def rows(path):
    """The rows of a JSON lines file; none if there is no file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def spent(row, what, kinds=("task", "other")):
    """A count of the optimize phase, of the task and of all else, such as proposals."""
    return sum(row["optimize"]["stats"].get(kind, {}).get(what, 0) for kind in kinds)


def calls(row):
    return spent(row, "distinct")


def tokens(row):
    return spent(row, "distinct_prompt_tokens") + spent(row, "distinct_completion_tokens")


def later(row):
    """Prompt tokens of each later call: those of the final evaluation, by call."""
    task = row["final"]["stats"]["task"]
    return task["prompt_tokens"] / task["requests"]


class Results:
    """All runs of one weighting, by program, task and seed."""

    def __init__(self, all_rows, weighting):
        self.by = {(r["program"], r["task"], r["seed"]): r for r in all_rows if r["weighting"] == weighting}

    def of(self, program, task):
        return [r for (p, t, _), r in sorted(self.by.items()) if (p, t) == (program, task)]

    def pairs(self, a, b, task):
        return [(r, self.by[b, task, seed]) for (p, t, seed), r in sorted(self.by.items())
                if (p, t) == (a, task) and (b, task, seed) in self.by]

    def has(self, *programs):
        return all(any(self.of(program, task) for task in TASKS) for program in programs)


class Difference:
    """Mean and standard error of paired differences, in points; each group counts the same. One pair alone has no error: inf."""

    def __init__(self, groups):
        groups = [group for group in groups if group]
        self.count = sum(map(len, groups))
        self.mean = st.mean(st.mean(group) for group in groups)
        variances = [st.variance(group) / len(group) if len(group) > 1 else math.inf for group in groups]
        self.error = math.sqrt(sum(variances)) / len(groups)
        self.lower = self.mean - ONE_SIDED_95 * self.error
        self.upper = self.mean + ONE_SIDED_95 * self.error

    def __str__(self):
        return f"{self.mean:+.2f} ± {self.error:.2f} | {self.lower:+.2f}"


def gains(results, a, b, tasks=TASKS):
    return Difference([[100 * (x["after"] - y["after"]) for x, y in results.pairs(a, b, task)] for task in tasks])


def shares(results, a, b, cost, tasks=TASKS):
    """Paired ratios of a cost, over tasks."""
    return [cost(x) / cost(y) for task in tasks for x, y in results.pairs(a, b, task) if cost(y)]


def median_text(ratios):
    return f"{st.median(ratios):.0%} (to {max(ratios):.0%})" if ratios else "-"


def quality(results):
    """One table per task."""
    for task in TASKS:
        print(f"\n### {task}\n")
        print("| program | runs | test before | test after | as given | below the start | task calls | distinct | other calls"
              " | tokens, distinct | prompt tokens of each later call |\n|---|---|---|---|---|---|---|---|---|---|---|")
        for program in PROGRAMS:
            of = results.of(program, task)
            if of:
                print(quality_row(program, of))


def quality_row(program, of):
    mean = lambda f: st.mean(map(f, of))
    after = [100 * r["after"] for r in of]
    spread = st.stdev(after) if len(of) > 1 else 0
    cells = [program, len(of), f"{100 * mean(lambda r: r['before']):.1f}", f"{st.mean(after):.1f} ± {spread:.1f}",
             sum(r["baseline_returned"] for r in of), sum(r["after"] < r["before"] - 1e-6 for r in of),
             f"{mean(lambda r: spent(r, 'requests', ('task',))):.0f}", f"{mean(lambda r: spent(r, 'distinct', ('task',))):.0f}",
             f"{mean(lambda r: spent(r, 'requests', ('other',))):.1f}", f"{mean(tokens) / 1000:.0f} k", f"{mean(later):.0f}"]
    return "| " + " | ".join(map(str, cells)) + " |"


def paired(results):
    """Differences by task and pooled, with costs as shares of the other's."""
    print("\n### Paired by seed, points of the test score\n")
    print("| pair | tasks | pairs | difference ± standard error | lower bound (one-sided, 95%) | distinct calls, median share"
          " | tokens, median share | tokens of a later call, mean share |\n|---|---|---|---|---|---|---|---|")
    for a, b in PAIRS:
        for tasks in [TASKS] + [(task,) for task in TASKS]:
            if sum(len(results.pairs(a, b, task)) > 1 for task in tasks) == len(tasks):
                difference = gains(results, a, b, tasks)
                costs = [median_text(shares(results, a, b, cost, tasks)) for cost in (calls, tokens)]
                name = f"{a} - {b}" if len(tasks) > 1 else ""
                per_call = st.mean(shares(results, a, b, later, tasks))
                print(f"| {name} | {'all' if len(tasks) > 1 else tasks[0]} | {difference.count} | {difference}"
                      f" | {costs[0]} | {costs[1]} | {per_call:.0%} |")


def cells_of(played):
    cells = {}
    for row in played:
        cells.setdefault((row["task"], row["program"]), []).append(row)
    return dict(sorted(cells.items()))


def ceilings(played):
    """What the candidates hold, in points of the test score."""
    print("\n## What the candidates hold\n")
    print("| task | most demos | runs | as given | the default search | everything | mean of the configurations | best on test"
          " | loss against everything ± standard error | calls | prompt tokens |\n|---|---|---|---|---|---|---|---|---|---|---|")
    for (task, demos), of in cells_of(played).items():
        mean = lambda name: f"{100 * st.mean(r[name] for r in of):.1f}"
        loss = Difference([[100 * (r["everything"] - r["search"]) for r in of]])
        cells = [task, demos, len(of), mean("baseline"), mean("search"), mean("everything"), mean("mean"), mean("best"),
                 f"{loss.mean:+.2f} ± {loss.error:.2f}", f"{st.mean(r['calls'] for r in of):.0f}",
                 f"{st.mean(r['prompt_tokens'] for r in of) / 1000:.0f} k"]
        print("| " + " | ".join(map(str, cells)) + " |")


def verdict(text, holds, figures):
    print(f"- {'holds' if holds else '**does not hold**'}: {text}: {figures}")


def half(results, a, b):
    difference, ratios = gains(results, a, b), [shares(results, a, b, cost) for cost in (calls, tokens)]
    medians = [st.median(each) for each in ratios]
    verdict(f"{a} against {b}: the lower bound is above -1.5 at half of the distinct calls and tokens",
            difference.lower > -1.5 and max(medians) <= 0.5,
            f"bound {difference.lower:+.2f}, calls {medians[0]:.0%}, tokens {medians[1]:.0%}")


def equal(results, a, b):
    difference, share = gains(results, a, b), st.median(shares(results, a, b, tokens))
    verdict(f"{a} against {b}: the mean is above 0 at equal tokens (aim: two standard errors)", difference.mean > 0 and share <= 1.0,
            f"{difference.mean:+.2f} ± {difference.error:.2f}, {difference.mean / difference.error:+.1f} standard errors, tokens {share:.0%}")


def own_defaults(results):
    difference, share = gains(results, "hone", "dspy"), st.median(shares(results, "hone", "dspy", tokens))
    verdict("own defaults: better than DSPy's by more than two standard errors at no more tokens",
            difference.mean > 2 * difference.error and share <= 1.0,
            f"{difference.mean:+.2f} ± {difference.error:.2f}, tokens {share:.0%}")


def not_worse(results, a, b, what):
    difference = gains(results, a, b)
    verdict(f"{what}: {a} is not worse than {b} by two standard errors", difference.mean >= -2 * difference.error,
            f"{difference.mean:+.2f} ± {difference.error:.2f}")


def later_calls(results):
    for program in ("hone", "dspy", "dspy-16", "labelled"):
        if results.has(program):
            by_task = [f"{task} {st.mean(map(later, results.of(program, task))):.0f}" for task in TASKS]
            print(f"- prompt tokens of each later call, {program}: {', '.join(by_task)}")


def ceiling_verdicts(played):
    cells = cells_of(played)
    loss = {cell: [100 * (r["everything"] - r["search"]) for r in of] for cell, of in cells.items()}
    over_mean = {cell: st.mean(100 * (r["search"] - r["mean"]) for r in of) for cell, of in cells.items()}
    pooled, worst = Difference(loss.values()), max(st.mean(each) for each in loss.values())
    verdict("candidates: the pooled loss against evaluating everything is at most 1 point (95% bound)", pooled.upper <= 1,
            f"{pooled.mean:+.2f} ± {pooled.error:.2f}, bound {pooled.upper:+.2f}")
    verdict("candidates: no cell's mean loss is over 2", worst <= 2, f"{worst:+.2f}")
    verdict("candidates: each cell's mean is at least the mean of its configurations", min(over_mean.values()) >= 0,
            ", ".join(f"{task} {demos} {value:+.2f}" for (task, demos), value in over_mean.items()))


def verdicts(standard, texts, played):
    """The points of the issue, each with its figures; a point without runs is left out."""
    print("\n## What of the issue's points holds\n")
    for check, pairs in ((half, (("hone-4-half", "dspy"), ("hone-16-half", "dspy-16"))),
                         (equal, (("hone-4-equal", "dspy"), ("hone-16-equal", "dspy-16")))):
        for a, b in pairs:
            if standard.has(a, b):
                check(standard, a, b)
    if standard.has("hone", "dspy"):
        own_defaults(standard)
    if standard.has("hone", "labelled"):
        not_worse(standard, "hone", "labelled", "labelled demos unsearched")
    later_calls(standard)
    if texts.has("hone", "dspy"):
        not_worse(texts, "hone", "dspy", "second weighting")
    if played:
        ceiling_verdicts(played)


def odd(all_rows):
    counts = {name: sum(r[phase]["stats"].get(name, 0) for r in all_rows for phase in ("baseline", "optimize", "final"))
              for name in ("json", "repair", "odd")}
    failed = sum(r.get("failed", 0) for r in all_rows)
    print(f"\nOver {len(all_rows)} runs: {counts['json']} requests for JSON, {counts['repair']} repair turns,"
          f" {counts['odd']} prompts not understood, {failed} failed examples.")


def main(folder):
    runs, played = rows(folder / "dspy.jsonl") + rows(folder / "hone.jsonl"), rows(folder / "play.jsonl")
    of = {weighting: Results(runs, weighting) for weighting in WEIGHTINGS}
    seeds = sorted({r["seed"] for r in runs})
    print("# DSPy's MIPROv2 and Hone's, side by side on one stand-in model\n")
    print(f"Written by `benchmarks/sidebyside/run tables`; seeds {seeds[0]} to {seeds[-1]}; what is what: `README.md`. Tokens are prompt and"
          " completion tokens of distinct calls, proposals and bootstrapping counted; shares are of the other's on the same task and seed.")
    verdicts(of["standard"], of["texts"], played)
    for weighting, title in WEIGHTINGS.items():
        if of[weighting].by:
            print(f"\n## {title}")
            quality(of[weighting])
            paired(of[weighting])
    if played:
        ceilings(played)
    odd(runs)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
