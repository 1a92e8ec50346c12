"""Reads a chat request: fields, allowed values, instruction, demos and input, from nothing but its messages."""

import functools
import json
import re

HEADER = re.compile(r"\[\[ ## (\w+) ## \]\]")
NONE = "NONE"
SCHEMA_WORDS = ("enum", "type", "array", "string", "items")


def sections(text):
    """The texts below `[[ ## name ## ]]` headers that stand on lines of their own."""
    found, name = {}, None
    for line in text.split("\n"):
        stripped = line.strip()
        header = HEADER.match(stripped)
        if header:
            name = header.group(1)
            found[name] = [stripped[header.end():].strip()]
        elif name:
            found[name].append(line)
    return {key: "\n".join(lines).strip() for key, lines in found.items()}


def field_list(system, which):
    """The bullets below a heading such as `Output fields:`: name -> what the bullet says."""
    bullets = r"^.*\b%s fields\b.*:\s*\n((?:[ \t]*(?:-|\d+\.) .*\n?|[ \t]+\S.*\n?)*)" % which
    block = re.search(bullets, system, re.M | re.I)
    return dict(re.findall(r"^(?:-|\d+\.) `(\w+)` ?(.*)$", block.group(1), re.M)) if block else {}


def allowed(name, bullet, system):
    """The values that a field may take, and whether it takes several; (None, ...) if it is free."""
    hint = next((line for line in system.split("\n") if re.search(r"\{%s\b" % name, line)), "")
    many = bool(re.search(r"\barray\b|\blist\b|\bset\b", bullet + "\n" + hint, re.I))
    listed = re.search(r"one of:? (.+)", hint) if not many else None
    if listed:
        values = re.split(r"[;,]\s*", listed.group(1).strip().rstrip('},"'))
    else:
        after = " ".join(re.findall(r"(?:Literal|enum|any of|one of)\W.*", hint + "\n" + bullet))
        values = re.findall(r"""["']([A-Za-z0-9_]+)\\?["']""", after)
    values = [value.strip().rstrip("}") for value in values if value.strip() and value not in SCHEMA_WORDS]
    return (list(dict.fromkeys(values)) or None), many


def ask_off(text):
    """Without the closing sentence that asks for the output sections."""
    return re.split(r"\n\s*(?:Respond|Answer) with ", text)[0].strip()


def answers(text):
    """What an assistant's turn says: field -> value, from sections or from a JSON object."""
    found = sections(text)
    if not found:
        try:
            found = {key: v if isinstance(v, str) else json.dumps(v) for key, v in json.loads(text).items()}
        except (ValueError, AttributeError):
            pass
    return {key: re.sub(r",\s*", ", ", v) if v.startswith("[") else v for key, v in found.items() if key != "completed"}


def labels_of(value):
    """The labels of an answer: itself, or the members of a list."""
    if value.strip().startswith("["):
        return re.findall(r"""["']([^"']+)["']""", value) or [NONE]
    return [value.strip()]


def notes(text):
    """(label, text) pairs written in prose: lines `LABEL: a; b` and `text -> LABEL`."""
    found = []
    for line in text.split("\n"):
        of_label = re.match(r"[\s*-]*([A-Z][A-Z0-9_]+):\s+(.+)$", line)
        if of_label:
            found += [(of_label.group(1), text.strip()) for text in of_label.group(2).split(";") if text.strip()]
        arrow = re.match(r"[\s*-]*(?:Example:)?\s*(.+?)\s*->\s*([A-Z][A-Z0-9_]+)\s*$", line)
        if arrow:
            found.append((arrow.group(2), arrow.group(1)))
    return found


def value_descriptions(system):
    """(value, text) pairs of indented bullets before the layout, as enums with descriptions have them."""
    head = system[: system.find("[[ ##")]
    return re.findall(r"^\s+- (?:`\w+` )?([A-Z]\w+): (.+)$", head, re.M)


class System:
    """What the system text says."""

    def __init__(self, text):
        self.text = text
        self.output_bullets = field_list(text, "output")
        self.outputs = {name: allowed(name, bullet, text) for name, bullet in self.output_bullets.items()}
        self.inputs = frozenset(field_list(text, "input"))
        end = max([m.end() for m in HEADER.finditer(text)] + [text.rfind("\n}\n") + 2])
        rest = text[end:].lstrip()
        self.instruction = rest.split(":", 1)[1] if re.match(r"[^\n]*:\s*\n", rest) else rest
        self.plain_instruction = re.sub(r"\s+", " ", self.instruction).strip()
        self.told = notes(self.instruction) + value_descriptions(text)
        self.task = any(values for values, _ in self.outputs.values())
        names = "|".join(self.outputs or ["-"])
        self.sectioned = bool(re.search(r"\[\[ ## (%s) ## \]\]" % names, text))


system_of = functools.lru_cache(maxsize=4096)(System)


@functools.lru_cache(maxsize=100_000)
def input_of(text, names):
    """The input fields of a user's turn."""
    return {key: ask_off(value) for key, value in sections(text).items() if key in names}


@functools.lru_cache(maxsize=20_000)
def demos_of(turns, names):
    """(input text, answers) of the pairs of user and assistant turns; turns are (role, content)."""
    pairs = zip(turns, turns[1:])
    return [("\n".join(input_of(u, names).values()), answers(a))
            for (first, u), (second, a) in pairs if first == "user" and second == "assistant"]


class Prompt:
    """One request, read. What many requests share, the system text and the demos, is read once."""

    def __init__(self, messages):
        system = system_of("\n".join(m["content"] for m in messages if m["role"] == "system"))
        turns = tuple((m["role"], m["content"]) for m in messages if m["role"] != "system")
        asked = [i for i, (role, text) in enumerate(turns) if role == "user" and HEADER.search(text)]
        last = asked[-1] if asked else len(turns) - 1
        self.system = system
        self.shown = turns[:last]
        self.input = input_of(turns[last][1], system.inputs) if turns else {}
        self.json = "JSON object" in system.text + turns[-1][1] and not system.sectioned
        self.task = system.task
        self.repair = last != len(turns) - 1
        self.odd = not system.outputs or not self.input
