"""Runs of DSPy against a stand-in server, appended to a results file as JSON lines; what the file holds is skipped.

python dspy_run.py URL WEIGHTING SPLITS RESULTS VARIANTS TASKS SEEDS, the last three with commas. Variants:
  dspy        MIPROv2(auto="light") with its defaults: at most 4 bootstrapped and 4 labelled demos
  dspy-16     the same with max_labeled_demos=16
  labelled    16 demos drawn at random from those to learn from, the instruction as it is; no search and no call
DSPy's memory cache is on, fresh for each phase of a run; its disk cache is off.
"""

import functools
import json
import random
import sys
import time
import urllib.request
import warnings

warnings.filterwarnings("ignore")
import dspy
import dspy.clients.costs as costs

from tasks import TASKS

SETTINGS = {"dspy": {}, "dspy-16": {"max_labeled_demos": 16}}
LABELLED_DEMOS = 16
# DSPy looks for the price of the unknown model in its whole list at every call, two thirds of its time here: look once.
costs.model_info = functools.cache(costs.model_info)


class Run:
    """One run: a task, a seed and a variant, in phases whose requests the server counts."""

    baselines = {}  # task -> what the program as given scores on the test set, which is the same for all seeds

    def __init__(self, url, weighting, splits, variant, task, seed):
        self.url, self.seed, self.variant, self.task = url, seed, variant, task
        self.signature, self.metric, field = TASKS[task]
        read = lambda part: [dspy.Example(**json.loads(line)).with_inputs(field)
                             for line in open(f"{splits}/{task}/{seed}/{part}.jsonl", encoding="utf-8")]
        self.train, self.val, self.test = read("train"), read("val"), read("test")
        self.result = dict(program=variant, task=task, seed=seed, weighting=weighting)

    def get(self, path):
        return json.loads(urllib.request.urlopen(self.url + path).read())

    def phase(self, name, work):
        dspy.configure_cache(enable_disk_cache=False, enable_memory_cache=True)
        self.get("/reset")
        start = time.time()
        value = work()
        self.result[name] = dict(seconds=round(time.time() - start, 2), stats=self.get("/stats"))
        return value

    def evaluate(self, program):
        evaluator = dspy.Evaluate(devset=self.test, metric=self.metric, num_threads=8, display_progress=False, max_errors=10**6)
        scores = [score for _, _, score in evaluator(program).results]
        return round(sum(scores) / len(scores), 6)

    def optimized(self):
        program = dspy.Predict(self.signature)
        if self.variant == "labelled":
            program.demos = random.Random(self.seed).sample(self.train, LABELLED_DEMOS)
            return program
        optimizer = dspy.MIPROv2(metric=self.metric, auto="light", seed=self.seed, num_threads=8, **SETTINGS[self.variant])
        return optimizer.compile(program, trainset=self.train, valset=self.val)

    def row(self):
        if self.task not in Run.baselines:
            score = self.phase("baseline", lambda: self.evaluate(dspy.Predict(self.signature)))
            Run.baselines[self.task] = dict(baseline=self.result["baseline"], before=score)
        self.result.update(Run.baselines[self.task])
        tuned = self.phase("optimize", self.optimized)
        self.result["after"] = self.phase("final", lambda: self.evaluate(tuned))
        self.result["val"] = round(float(getattr(tuned, "score", 0)) / 100, 4)
        self.result["demos"] = len(tuned.demos)
        self.result["instruction"] = tuned.signature.instructions
        self.result["baseline_returned"] = not tuned.demos and tuned.signature.instructions == self.signature.instructions
        return self.result


def done(results):
    """(program, task, seed, weighting) of all rows of the results file."""
    try:
        with open(results, encoding="utf-8") as lines:
            return {(r["program"], r["task"], r["seed"], r["weighting"]) for r in map(json.loads, lines)}
    except FileNotFoundError:
        return set()


def main(url, weighting, splits, results, variants, tasks, seeds):
    lm = dspy.LM("openai/standin", api_base=url + "/v1", api_key="x", temperature=0.0, max_tokens=1000, cache=True)
    dspy.configure(lm=lm)
    known = done(results)
    for seed in map(int, seeds.split(",")):
        for task in tasks.split(","):
            for variant in variants.split(","):
                if (variant, task, seed, weighting) in known:
                    continue
                row = Run(url, weighting, splits, variant, task, seed).row()
                with open(results, "a", encoding="utf-8") as file:
                    file.write(json.dumps(row) + "\n")
                print(variant, task, seed, weighting, row["before"], row["after"], row["optimize"]["seconds"], flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:8])
