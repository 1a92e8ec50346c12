"""Saves programs of DSPy with instructions and demos of many kinds, and loads what Hone wrote into them.

states.py save FOLDER        NAME.json (the state) and NAME.fields (what a state does not say) for each program
states.py again FOLDER NAME  loads NAME.hone.json into the program, saves it as NAME.again.json
"""

import json
import pathlib
import sys
from typing import Literal, Optional

import dspy
from dspy.teleprompt import BootstrapFewShot, LabeledFewShot
from dspy.utils.dummies import DummyLM
from pydantic import BaseModel


class Item(BaseModel):
    name: str
    price: float


class Ticket(dspy.Signature):
    """Route the ticket.

    Look at the last sentence; braces such as {this} and {{that}} mean nothing."""

    text: str = dspy.InputField(desc="what the customer wrote")
    count: int = dspy.InputField()
    items: list[Item] = dspy.InputField()
    severity: Literal["LOW", "very high"] = dspy.OutputField(desc="how bad it is")
    score: float = dspy.OutputField()
    sure: bool = dspy.OutputField()
    tags: list[str] = dspy.OutputField()
    owner: Optional[str] = dspy.OutputField()


class Hop(dspy.Module):
    def __init__(self):
        super().__init__()
        self.rewrite = dspy.Predict("question -> query")
        self.answer = dspy.ChainOfThought(dspy.Signature("question, query -> answer", "Answer with one word."))

    def forward(self, question):
        query = self.rewrite(question=question).query
        return self.answer(question=question, query=query)


class Deep(dspy.Module):
    def __init__(self):
        super().__init__()
        self.hop = Hop()
        self.judges = [dspy.Predict("answer -> verdict: bool"), dspy.ChainOfThought("answer, verdict: bool -> why")]


QUESTIONS = [dspy.Example(question=q, answer=a).with_inputs("question") for q, a in
             [("Who wrote Dubliners?", "Joyce"), ("Who wrote Emma?", "Austen"), ("Wer schrieb „Faust“? 🙂", "Goethe")]]


def ticket():
    program = dspy.Predict(Ticket)
    program.demos = [
        dspy.Example(text="The lamp is \"broken\".\n\nNo hurry.", count=1, items=[Item(name="lamp", price=2.5)],
                     severity="LOW", score=0.25, sure=True, tags=["a", "b"], owner=None).with_inputs("text", "count", "items"),
        {"augmented": True, "text": "[[ ## completed ## ]]", "count": -3, "items": [], "severity": "very high",
         "score": 1.0, "sure": False, "tags": [], "owner": "Ann"},
    ]
    return program


def chain():
    program = dspy.ChainOfThought("question -> answer")
    program.predict.demos = [{"augmented": True, "question": "a", "reasoning": "b\\n", "answer": "c"},
                             dspy.Example(question="d", answer="e").with_inputs("question")]
    return program


def labelled():
    return LabeledFewShot(k=2).compile(Hop(), trainset=QUESTIONS, sample=False)


def bootstrapped():
    replies = [{"query": "q"}, {"reasoning": "r", "answer": "Joyce"}, {"query": "q2"},
               {"reasoning": "r2\nr3", "answer": "Austen"}, {"query": "q3"}, {"reasoning": "r4", "answer": "Goethe"}]
    with dspy.context(lm=DummyLM(replies)):
        tuned = BootstrapFewShot(metric=dspy.evaluate.answer_exact_match, max_bootstrapped_demos=3,
                                 max_labeled_demos=0).compile(Hop(), trainset=QUESTIONS)
    tuned.rewrite.signature = tuned.rewrite.signature.with_instructions("Write a search query.\nThree words at most.")
    return tuned


def deep():
    program = Deep()
    program.judges[0].demos = [dspy.Example(answer="x", verdict=True).with_inputs("answer")]
    return program


PROGRAMS = {"ticket": ticket, "chain": chain, "labelled": labelled, "bootstrapped": bootstrapped, "deep": deep}


def described(name, program):
    fields = {path: list(predictor.signature.fields) for path, predictor in program.named_predictors()}
    outputs = ",".join(Ticket.output_fields) if name == "ticket" else ""
    return {"fields": fields, "outputs": outputs}


def main(mode, folder, name=""):
    folder = pathlib.Path(folder)
    if mode == "save":
        for name, make in PROGRAMS.items():
            program = make()
            program.save(str(folder / f"{name}.json"))
            (folder / f"{name}.fields").write_text(json.dumps(described(name, program)))
    else:
        program = PROGRAMS[name]()
        for _, predictor in program.named_predictors():
            predictor.demos = []
            predictor.signature = predictor.signature.with_instructions("nothing learnt")
        program.load(str(folder / f"{name}.hone.json"))
        program.save(str(folder / f"{name}.again.json"))


if __name__ == "__main__":
    main(*sys.argv[1:])
