"""DSPy's own time, with a model that costs nothing or sleeps; one JSON object on standard output.

python dspy_times.py once                    one call in a new process: who starts it takes the time
python dspy_times.py predict CALLS           processor time of a call of a predictor with four demos, as in PredictBenchmark.java
python dspy_times.py evaluate THREADS TIMES  1,000 examples on a model that takes 200 ms, as in EvaluationBenchmark.java; and the control

The model is an engine, the interface that DSPy 3.4 has for models of one's own; its caches are off, as Hone's are.
"""

import concurrent.futures
import json
import sys
import time
from typing import Literal

import dspy
from dspy.lm15 import Message, Response, TextPart, Usage

EXAMPLES = 1_000
LATENCY_SECONDS = 0.2
WARMUP_CALLS = 300
VERDICT = """[[ ## severity ## ]]
HIGH

[[ ## violations ## ]]
["HARASSMENT", "HATE"]

[[ ## confidence ## ]]
9

[[ ## completed ## ]]"""


class Scripted:
    """A model that gives the same reply every time, after some seconds."""

    def __init__(self, text, seconds=0.0):
        self.text, self.seconds = text, seconds

    def complete(self, request):
        if self.seconds:
            time.sleep(self.seconds)
        usage = Usage(input_tokens=200, output_tokens=20, total_tokens=220)
        return Response(id=None, model="scripted", message=Message.assistant([TextPart(self.text)]), finish_reason="stop", usage=usage)


class Moderation(dspy.Signature):
    """Classify the snippet for moderation."""

    snippet: str = dspy.InputField()
    severity: Literal["LOW", "MEDIUM", "HIGH"] = dspy.OutputField(desc="overall severity")
    violations: list[Literal["HARASSMENT", "HATE", "SPAM"]] = dspy.OutputField(desc="zero or more policies")
    confidence: int = dspy.OutputField()


class Question(dspy.Signature):
    """Answer with a number."""

    question: str = dspy.InputField()
    answer: int = dspy.OutputField()


def use(model):
    # A name that DSPy's list of prices knows: an unknown one costs it a search of the whole list at every call.
    dspy.configure(lm=dspy.LM("openai/gpt-4o-mini", engine=model, cache=False))


def predictor():
    use(Scripted(VERDICT))
    predict = dspy.Predict(Moderation)
    predict.demos = [dspy.Example(snippet=f"A snippet of about a dozen words, which is number {i}", severity="LOW", violations=["SPAM"],
                                  confidence=7) for i in range(4)]
    return predict


def called(predict, number):
    answer = predict(snippet=f"You had better leave this place, all of you, number {number}")
    if answer.violations != ["HARASSMENT", "HATE"] or answer.confidence != 9:
        raise SystemExit(f"the reply was not read: {answer}")


def once():
    called(predictor(), 1)
    return {}


def predict(calls):
    program = predictor()
    for number in range(WARMUP_CALLS):
        called(program, number)
    start = time.process_time()
    for number in range(calls):
        called(program, WARMUP_CALLS + number)
    return {"cpu_us": (time.process_time() - start) / calls * 1e6}


def slept(threads):
    """The control: as many threads, already started, that only sleep as long."""
    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: time.sleep(0.05), range(threads)))
        start = time.perf_counter()
        list(pool.map(lambda _: time.sleep(LATENCY_SECONDS), range(EXAMPLES)))
        return (time.perf_counter() - start) * 1e3


def evaluate(threads, times):
    use(Scripted("[[ ## answer ## ]]\n7\n\n[[ ## completed ## ]]", LATENCY_SECONDS))
    examples = [dspy.Example(question=f"What is {i}?", answer=7).with_inputs("question") for i in range(EXAMPLES)]
    evaluator = dspy.Evaluate(devset=examples, metric=lambda example, answer, trace=None: float(example.answer == answer.answer),
                              num_threads=threads, display_progress=False)
    took, control = [], []
    for time_number in range(times + 1):
        start = time.perf_counter()
        result = evaluator(dspy.Predict(Question))
        milliseconds = (time.perf_counter() - start) * 1e3
        if result.score != 100:
            raise SystemExit(f"the score is {result.score}, expected 100")
        if time_number:  # the first one warms up
            took.append(milliseconds)
            control.append(slept(threads))
    return {"ms": took, "control_ms": control}


if __name__ == "__main__":
    STEPS = {"once": once, "predict": predict, "evaluate": evaluate}
    print(json.dumps(STEPS[sys.argv[1]](*map(int, sys.argv[2:]))))
