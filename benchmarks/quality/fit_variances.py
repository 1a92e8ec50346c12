"""Fits the variance components of racing's model to recorded outcomes: python fit_variances.py FILE.jsonl..., with numpy and scipy.

A file holds runs of either format of the side-by-side comparison: rows of `all` (instruction, demo set, mean on validation, mean on test,
demos, then each validation outcome), or `configurations` with `choices`, `val` and `test`. Every configuration has an outcome on every
validation example and a mean on 120 test examples. The model of an outcome of configuration (i, d) on example e is

    y = mean + instruction_i + demo set_d + interaction_id + difficulty_e + shared_ie + shared_de + noise_ide

with normal terms; components are in units of the variance of one configuration's scores. Within a run the scatter of outcomes around the
means of configurations is Wishart, which gives difficulty and noise; the means, over validation and test examples together, give the rest
by restricted maximum likelihood. `demos` is an effect common to all demo sets but the empty one, normal with a mean.
"""
import json
import sys

import numpy as np
from scipy.optimize import minimize

TEST_EXAMPLES = 120
LEAST = -14


class Run:
    def __init__(self, line):
        record = json.loads(line)
        if "all" in record:
            rows = np.array(record["all"])
            self.instruction, self.demo_set, self.test, self.outcomes = rows[:, 0], rows[:, 1], rows[:, 3], rows[:, 5:]
            self.demos, self.limit = rows[:, 4] > 0, "4" if record["variant"].endswith("44") else "16"
        else:
            rows = record["configurations"]
            self.instruction, self.demo_set = np.array([row["choices"] for row in rows]).T
            self.test = np.array([row["test"] for row in rows])
            self.outcomes = np.array([row["val"] for row in rows], float)
            self.demos = np.array([bool(record["demos"][int(d)]["demos"]) for d in self.demo_set])
            self.limit = record["program"]
        self.task = record["task"]
        self.m, self.n = self.outcomes.shape
        means = self.outcomes.mean(1)
        residual = self.outcomes - means[:, None]
        self.scatter = residual @ residual.T
        self.scale = self.outcomes.var(1, ddof=1).mean()
        self.examples = self.n + TEST_EXAMPLES
        self.means = (means * self.n + self.test * TEST_EXAMPLES) / self.examples
        self.same_instruction = np.equal.outer(self.instruction, self.instruction).astype(float)
        self.same_demo_set = np.equal.outer(self.demo_set, self.demo_set).astype(float)

    def within(self, difficulty, shared_i, shared_d, noise):
        return self.scale * (
            difficulty + shared_i * self.same_instruction + shared_d * self.same_demo_set + noise * np.eye(self.m)
        )


def bounded(values):
    return np.exp(np.clip(values, LEAST, 3))


def fit_within(runs, shared):
    def loss(p):
        total = 0
        for run in runs:
            matrix = run.within(*components(p))
            total += 0.5 * ((run.n - 1) * np.linalg.slogdet(matrix)[1] + np.trace(np.linalg.solve(matrix, run.scatter)))
        return total

    def components(p):
        v = bounded(p)
        return v if shared else (v[0], 0, 0, v[1])

    start = np.log([0.5, 0.1, 0.1, 0.3] if shared else [0.5, 0.5])
    best = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 2000, "xatol": 1e-3, "fatol": 1e-3})
    return components(best.x), -best.fun


def fit_between(runs, within, demos):
    def loss(p):
        v_i, v_d, v_b = bounded(p[:3])
        mean, spread = (p[3], bounded(p[4])) if demos else (0, 0)
        total = 0
        for run in runs:
            matrix = run.scale * (
                v_i * run.same_instruction
                + v_d * run.same_demo_set
                + v_b * np.eye(run.m)
                + spread * np.outer(run.demos, run.demos)
            ) + run.within(*within) / run.examples
            factor = np.linalg.cholesky(matrix)
            one = np.linalg.solve(factor, np.ones(run.m))
            y = np.linalg.solve(factor, run.means - mean * np.sqrt(run.scale) * run.demos)
            y = y - one * (one @ y) / (one @ one)
            total += np.log(np.diag(factor)).sum() + 0.5 * y @ y + 0.5 * np.log(one @ one)
        return total

    start = np.r_[np.log([0.002, 0.004, 0.001]), [0.05, -5] if demos else []]
    best = minimize(loss, start, method="Nelder-Mead", options={"maxiter": 4000, "xatol": 1e-3, "fatol": 1e-3})
    mean, spread = (best.x[3], np.sqrt(bounded(best.x[4]))) if demos else (0, 0)
    return bounded(best.x[:3]), (mean, spread), -best.fun


def row(name, runs):
    flat, flat_likelihood = fit_within(runs, False)
    within, likelihood = fit_within(runs, True)
    plain, _, plain_likelihood = fit_between(runs, within, False)
    between, demos, demos_likelihood = fit_between(runs, within, True)
    print(
        f"| {name} | {len(runs)} | {flat[3] / (flat[0] + flat[3]):.2f} | {within[0]:.2f} | {within[1]:.3f} | {within[2]:.3f} "
        f"| {within[3]:.3f} | {likelihood - flat_likelihood:.0f} | {plain[0]:.4f} | {plain[1]:.4f} | {plain[2]:.4f} "
        f"| {between[1]:.4f} | {demos[0]:+.3f} ± {demos[1]:.3f} | {demos_likelihood - plain_likelihood:+.1f} |",
        flush=True,
    )
    return plain


def main(files):
    runs = [Run(line) for file in files for line in open(file)]
    print(
        "| runs of | count | noise, flat | difficulty | shared by instruction | by demo set | own noise | log-likelihood of sharing "
        "| instructions | demo sets | interaction | demo sets with `demos` | `demos`, in deviations | log-likelihood |"
    )
    print("|---" * 14 + "|")
    cells = []
    for limit in ("4", "16"):
        for task in sorted({run.task for run in runs}):
            cell = [run for run in runs if run.task == task and run.limit == limit]
            cells.append(row(f"{task}, at most {limit} demos", cell))
    for task in sorted({run.task for run in runs}):
        row(f"all without {task}", [run for run in runs if run.task != task])
    row("all", runs)
    spread = np.array(cells)
    worth = 2 * spread.mean(0) ** 2 / spread.var(0, ddof=1)
    print(
        "\nA mean of n squared normals varies by 2 / n of its square; by that, the spread of the cells makes a prior worth "
        f"{worth[0]:.1f} effects (instructions), {worth[1]:.1f} (demo sets), {worth[2]:.1f} (interaction)."
    )


if __name__ == "__main__":
    main(sys.argv[1:])
