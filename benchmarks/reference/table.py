"""What benchmarks/reference/run measured, as Markdown."""

import json
import os
import pathlib
import platform
import statistics as st
import subprocess
import sys

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(BENCHMARKS / "sidebyside"), str(BENCHMARKS)]
from compare import STUDENT
from tables import TASKS, Difference, Results, calls, later, rows, spent, tokens

LATENCY_MS = 200
EXAMPLES = 1_000
TRIALS = ("30", "300", "1000")
PROGRAMS = {"dspy": "DSPy, its defaults", "hone": "Hone, its defaults", "hone-4-equal": "Hone, as many demos and about as many tokens as DSPy"}


def said(command, cwd=None):
    """The first line that a command prints, on either stream."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=cwd)
    return done.stdout.strip().split("\n")[0]


def machine():
    name = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} processors ({name}), {memory:.0f} GiB, {platform.system()} {platform.release()}"


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def spread(values, scale=1.0):
    """Median, least and most."""
    scaled = [value * scale for value in values]
    return f"{number(st.median(scaled))} ({number(min(scaled))} to {number(max(scaled))})"


def share(theirs, ours):
    ratio = st.median(theirs) / st.median(ours)
    return f"{ratio:.1f} times" if ratio < 100 else f"{ratio:.0f} times"


def line(*cells):
    return "| " + " | ".join(map(str, cells)) + " |"


def times(measured):
    """One row for each time that was taken of both."""
    out = [line("work", "reference", "Hone", "reference / Hone"), "|---|---|---|---|"]
    if "overhead" in measured:
        dspy, hone = ([each["cpu_us"] for each in measured["overhead"][name]] for name in ("dspy", "hone"))
        out.append(line("processor time of a `Predict` with four demos, µs: DSPy", spread(dspy), spread(hone), share(dspy, hone)))
    for trials in TRIALS if "sampler" in measured else ():
        optuna, hone = ([each[trials]["mean_us"] for each in measured["sampler"][name]] for name in ("optuna", "hone"))
        out.append(line(f"processor time of a suggestion of TPE after {int(trials):,} trials, µs: Optuna", spread(optuna), spread(hone), share(optuna, hone)))
    if "start" in measured:
        of = {name: [each["wall_s"] for each in measured["start"][name]] for name in ("dspy", "hone")}
        cpu = {name: [each["cpu_s"] for each in measured["start"][name]] for name in ("dspy", "hone")}
        out.append(line("a new process until it has made one call, s: DSPy", spread(of["dspy"]), spread(of["hone"]), share(of["dspy"], of["hone"])))
        out.append(line("the same, processor time, s", spread(cpu["dspy"]), spread(cpu["hone"]), share(cpu["dspy"], cpu["hone"])))
    return out


def waves(measured):
    """Evaluations, as multiples of the ideal."""
    out = [line("1,000 examples of 200 ms", "DSPy, ms", "times the ideal", "its control", "Hone, ms", "times the ideal", "its control"),
           "|---|---|---|---|---|---|---|"]
    for places, of in measured.items():
        if not places.isdigit():
            continue
        ideal, cells = EXAMPLES / int(places) * LATENCY_MS, []
        for name in ("dspy", "hone"):
            took = [ms for each in of[name] for ms in each["ms"]]
            control = [ms for each in of[name] for ms in each["control_ms"]]
            cells += [spread(took), f"{st.median(took) / ideal:.2f}", f"{st.median(control) / ideal:.2f}"]
        out.append(line(f"{int(places):,} in flight, ideal {ideal:,.0f} ms", *cells))
    return out


def interval(difference, groups):
    """Mean and half of the 95% interval by Student's t, over seeds."""
    freedom = difference.count - groups
    if freedom < 1:
        return f"{difference.mean:+.1f}"
    return f"{difference.mean:+.1f} ± {STUDENT[min(freedom, len(STUDENT)) - 1] * difference.error:.1f}"


def search_row(task, program, of):
    mean = lambda f: st.mean(map(f, of))
    gain = Difference([[100 * (r["after"] - r["before"]) for r in of]])
    return line(task, program, len(of), f"{100 * mean(lambda r: r['before']):.1f}", f"{100 * mean(lambda r: r['after']):.1f}", interval(gain, 1),
                f"{mean(lambda r: spent(r, 'requests', ('task',))):.0f}", f"{mean(lambda r: spent(r, 'requests', ('other',))):.1f}",
                f"{mean(calls):.0f}", f"{mean(tokens) / 1000:.0f} k", f"{mean(later):.0f}", f"{mean(lambda r: r['optimize']['seconds']):.0f}")


def searches(runs):
    """Both MIPROv2, by task, and their differences paired by task and seed."""
    results = Results(runs, "standard")
    out = [line("task", "program", "runs", "test before", "test after", "gain, 95% over seeds", "task calls", "proposer calls", "distinct calls",
                "tokens, distinct", "prompt tokens of each later call", "seconds"), "|" + "---|" * 12]
    for task in TASKS:
        out += [search_row(task, program, of) for program in PROGRAMS if (of := results.of(program, task))]
    out.append("")
    for program in ("hone", "hone-4-equal"):
        groups = [[100 * (a["after"] - b["after"]) for a, b in results.pairs(program, "dspy", task)] for task in TASKS]
        groups = [group for group in groups if len(group) > 1]
        if groups:
            difference = Difference(groups)
            shares = [tokens(a) / tokens(b) for task in TASKS for a, b in results.pairs(program, "dspy", task)]
            out.append(f"- {PROGRAMS[program]}: {interval(difference, len(groups))} points against DSPy on the test sets"
                       f" (95%, {difference.count} pairs of task and seed), with {st.median(shares):.0%} of its tokens (median).")
    return out


def outcome(name, found):
    row = found["row"]
    if row is None:
        return f"- {name}: ends with an exception and returns no program: `{found['ended_with'] or 'see its log'}`"
    made = spent(row, "requests")
    return f"- {name}: ends with a program: {100 * row['before']:.1f} before, {100 * row['after']:.1f} after, {made} calls, {row.get('failed', 0)} failed examples"


TIMED = {"start", "overhead", "evaluation", "sampler"}


def page(folder, root, versions, idle_load):
    measured = json.loads((folder / "measured.json").read_text(encoding="utf-8"))
    # Before each step; what comes after is the load that the step made itself.
    loads = [step["load"][0] for name, step in measured.items() if name in TIMED]
    commit = said(["git", "log", "-1", "--format=%h"], root)
    out = ["# DSPy, Optuna, gepa and Hone on the same work", "",
           f"Written by `benchmarks/reference/run all`. DSPy {versions['dspy']}, Optuna {versions['optuna']}, gepa {versions['gepa']} on Python {versions['python']};"
           f" Hone at {commit} on {said(['java', '-version'])}. {machine()}.", "",
           "Steps and their dates: " + ", ".join(f"{name} {step['date']}" for name, step in measured.items()) + ".", ""]
    if max(loads) > idle_load:
        out += [f"**Provisional: measured on a loaded machine** (load average {min(loads)} to {max(loads)}). Wall times are those of a machine that"
                " was shared; processor times, counts and scores are less touched by it.", ""]
    out += ["## Time", "", "Median (least to most) of rounds in turns.", "", *times(measured), ""]
    if "start" in measured:
        imported = [each["wall_s"] for each in measured["start"]["import"]]
        out += [f"`import dspy` alone takes {spread(imported)} s. Hone's process is a JVM on the jar of all benchmarks, without a class-data archive.", ""]
    if "evaluation" in measured:
        out += ["## Evaluation", "", "The control is as many threads of the same runtime, already started, that only sleep, as a multiple of the ideal.", "",
                *waves(measured["evaluation"]), ""]
    runs = rows(folder / "dspy.jsonl") + rows(folder / "hone.jsonl")
    if runs:
        out += ["## Both MIPROv2 on one model", "", "The stand-in of `benchmarks/sidebyside` behind an OpenAI-compatible address: the same data, splits"
                " and seeds, preset light, caches on. What the stand-in is, and is not: its README.", "", *searches(runs), ""]
    if "unreadable" in measured:
        out += ["## A proposer whose replies cannot be read", "", "The same server, which answers everything but the task with a sentence in no layout.", "",
                outcome("DSPy", measured["unreadable"]["dspy"]), outcome("Hone", measured["unreadable"]["hone"]), ""]
    return "\n".join(out)
