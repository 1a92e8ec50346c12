"""Makes train.json and test.json: questions over an invented world, in HotPotQA's file format.

    python3 make.py

People, towns, works and companies are made up from syllables, so that nothing can be known by heart
and no text is anybody's. The world has regions, which share nothing but the wording: some are asked
about in train.json, the others in test.json. Every passage of the world is in the context of some
question of one of the files; together they are the corpus. Written anew, the files are the same.
"""

import hashlib
import json
import random

R = random.Random(20261129)
REGIONS, TRAIN = 40, 24
FIRST = {
    "she": "Ilse Marit Odela Tamsin Wenna Ysolt Brenda Corisande Dagny Elowen Fenna Gisla Hedda Ingrith Jorun Kerensa "
    "Liora Morwen Nessa Ottiline Petra Rosmer Sunniva Thora".split(),
    "he": "Aldric Bertold Cador Davin Edric Falk Gorran Hasko Ivo Jarek Kester Lorcan Matthis Nils Osric Perran Quill "
    "Ruard Stellan Tiber Ulric Varin Willem Yorick".split(),
}
SUR = [a + b for a in "Kor Vel Hal Mar Ash Tren Bor Dun Pel Gar Lund Sor Wick Nor Fal Tor".split()
       for b in "van dtner lowe gate mann quist".split()]
TOWN = [a + b for a in "Tallow Raven Silver Osk Marl Thistle Hollow Brack Elder Fen Copper Whin Long Amber Salt Kettle".split()
        for b in "ford moor wick haven stead burn".split()]
RIVER = [a + b for a in "Ar Bel Cor Dre Es Fli Gra Hu Is Lo Mo Nae Ol Pri Ru Sta".split() for b in "nne wen ska".split()]
COUNTY = [a + b for a in "Ost West Nor Suder Hoch Nieder Alt Neu Brenn Stein".split() for b in "mark land shire walden".split()]
ADJ = "Salt Hollow Patient Last Crooked Silent Burning Borrowed Seventh Winter Paper Glass Drowned Amber Iron Distant".split()
NOUN = "Lantern Orchard Ferry Clock Harvest Mirror Staircase Tide Compass Garden Letter Bell Window Kingdom Lighthouse Thread".split()
WORK = [f"The {a} {n}" for a in ADJ for n in NOUN]
MADE = ("clocks bicycles pianos umbrellas saddles telescopes kettles violins ropes lamps stoves maps ladders gloves "
        "barometers lenses").split()
ENDING = ["Works", "and Sons", "Brothers", "Company", "Manufactory"]
JOB = ("glassblower botanist violinist surveyor beekeeper chemist sculptor printer midwife geologist stonemason cartographer "
       "dentist watchmaker schoolteacher").split() + ["lighthouse keeper", "bridge builder"]
KIND = ["novel", "opera", "stage play", "poem"]
TOPIC = ["a miller who loses his way home", "two sisters and a stolen horse", "a village without a well", "the long winter of a lost fleet",
         "a judge who cannot sleep", "an island that moves at night", "a child raised by smugglers", "the last train over a mountain pass"]
HOBBY = ["keeps goats", "collects sea charts", "plays chess by post", "repairs old radios", "breeds pigeons", "sings in a choir"]
FAME = ["its covered market", "its blue roof tiles", "a yearly kite festival", "its pear orchards", "an old salt mine", "its wooden bridge"]
for pool in (SUR, TOWN, RIVER, COUNTY, WORK):
    R.shuffle(pool)


def pick(*forms):
    return R.choice(forms)


def person(names, surname=None):
    while True:
        pronoun = R.choice(["she", "he"])
        name = f"{R.choice(FIRST[pronoun])} {surname or R.choice(names)}"
        if name not in used:
            used.add(name)
            return {"name": name, "pronoun": pronoun, "year": R.randint(1790, 1960), "job": R.choice(JOB)}


def person_text(p, towns):
    n, y, t, j, he = p["name"], p["year"], p["town"]["name"], p["job"], p["pronoun"].capitalize()
    a = "an" if j[0] in "aeiou" else "a"
    other = R.choice([x for x in towns if x is not p["town"]])["name"]
    first = pick(f"{n} was {a} {j}, born in {t} in {y}.", f"Born in {t} in {y}, {n} became known as {a} {j}.",
                 f"{n} ({y} to {y + R.randint(50, 80)}) was {a} {j} who came from {t}.",
                 f"{n} worked as {a} {j} and was born in {y} in the town of {t}.")
    second = pick(f"{he} moved to {other} in {y + R.randint(20, 40)} and died there.", f"From {y + 30} on {p['pronoun']} lived in {other}.",
                  f"{he} went to school in {other}.")
    return [first, second, f"It is said that {p['pronoun']} {R.choice(HOBBY)}.".replace("keeps", "kept").replace("collects", "collected")
            .replace("plays", "played").replace("repairs", "repaired").replace("breeds", "bred").replace("sings", "sang")]


def work_text(w):
    t, a, k, y = w["name"], w["author"]["name"], w["kind"], w["year"]
    first = pick(f"{t} is a {k} by {a}, which appeared in {y}.".replace("a opera", "an opera"), f"{a} wrote the {k} {t}; it came out in {y}.",
                 f"The {k} {t} was written by {a} and first shown to the public in {y}.")
    return [first, f"It tells of {R.choice(TOPIC)}.", pick(f"A prize was given to it in {y + 3}.", f"A second version followed in {y + 9}.")]


def company_text(c):
    n, f, y, t, m = c["name"], c["founder"]["name"], c["year"], c["town"]["name"], c["makes"]
    first = pick(f"{n} is a firm that makes {m}, started by {f} in {y}.", f"{f} founded {n} in {y} to make {m}.",
                 f"{n} has made {m} ever since {f} set it up in {y}.")
    second = pick(f"Its seat is {t}.", f"The firm has its head office in {t}.", f"It is based in {t}.")
    return [first, second, f"It has {R.randint(20, 900)} employees."]


def town_text(t):
    n, r, k = t["name"], t["river"], t["county"]
    first = pick(f"{n} is a town on the River {r}, in the county of {k}.", f"The town of {n} lies on the banks of the {r} and belongs to {k}.",
                 f"In the county of {k}, where the {r} bends, stands {n}.")
    return [first, f"It has {R.randint(2, 90) * 100} inhabitants.", f"Visitors come for {R.choice(FAME)}."]


def region(surnames, towns, rivers, counties, works):
    ts = [{"name": n, "river": rivers.pop(), "county": R.choice(counties)} for n in towns]
    people = [person(surnames) for _ in range(2)]
    people.append(person(surnames, people[0]["name"].split(" ")[1]))  # a namesake
    for p in people:
        p["town"] = R.choice(ts)
    ws = [{"name": n, "author": p, "kind": R.choice(KIND), "year": p["year"] + R.randint(22, 45)} for n, p in zip(works, people)]
    cs = []
    for p in people[1:]:
        made = R.choice(MADE)
        name = f"{p['name'].split(' ')[1]} {R.choice(ENDING)}"
        while name in used:
            name = f"{p['name'].split(' ')[1]} {made.capitalize()} {R.choice(ENDING)}"
        used.add(name)
        cs.append({"name": name, "founder": p, "year": p["year"] + R.randint(20, 40), "town": R.choice(ts), "makes": made})
    return {"towns": ts, "people": people, "works": ws, "companies": cs}


def simple(w):
    """Questions of one hop: text, answer, passages."""
    for p in w["people"]:
        n = p["name"]
        yield pick(f"In which year was {n} born?", f"What is {n}'s year of birth?"), p["year"], [n]
        yield pick(f"Where was {n} born?", f"What town did {n} come from?"), p["town"]["name"], [n]
        yield pick(f"What was the profession of {n}?", f"What did {n} do for a living?"), p["job"], [n]
    for x in w["works"]:
        n, k = x["name"], x["kind"]
        yield pick(f"Who wrote {n}?", f"Who is the author of the {k} {n}?"), x["author"]["name"], [n]
        yield pick(f"In which year did {n} appear?", f"When did the {k} {n} come out?"), x["year"], [n]
    for c in w["companies"]:
        n = c["name"]
        yield pick(f"Who founded {n}?", f"Who was the founder of {n}?"), c["founder"]["name"], [n]
        yield pick(f"What does {n} make?", f"Which goods are made by {n}?"), c["makes"], [n]
        yield pick(f"Where is the head office of {n}?", f"In which town is {n} based?"), c["town"]["name"], [n]
    for t in w["towns"]:
        n = t["name"]
        yield pick(f"On which river does {n} lie?", f"Which river flows through {n}?"), t["river"], [n]
        yield pick(f"To which county does {n} belong?", f"In which county is {n}?"), t["county"], [n]


def double(w):
    """Questions of two hops."""
    for x in w["works"]:
        n, p = x["name"], x["author"]
        who = pick(f"the author of {n}", f"the writer of the {x['kind']} {n}", f"the person who wrote {n}")
        yield pick(f"In which year was {who} born?", f"What is the year of birth of {who}?"), p["year"], [n, p["name"]]
        yield pick(f"Where was {who} born?", f"What town did {who} come from?"), p["town"]["name"], [n, p["name"]]
        yield pick(f"What was the profession of {who}?", f"What did {who} do for a living?"), p["job"], [n, p["name"]]
    for c in w["companies"]:
        n, p, t = c["name"], c["founder"], c["town"]
        who = pick(f"the founder of {n}", f"the person who founded {n}")
        yield pick(f"In which year was {who} born?", f"What is the year of birth of {who}?"), p["year"], [n, p["name"]]
        yield pick(f"What was the profession of {who}?", f"What did {who} do for a living?"), p["job"], [n, p["name"]]
        where = pick(f"the town where {n} is based", f"the town in which {n} has its head office")
        yield pick(f"On which river does {where} lie?", f"Which river flows through {where}?"), t["river"], [n, t["name"]]
        yield pick(f"To which county does {where} belong?", f"In which county is {where}?"), t["county"], [n, t["name"]]
    for p in w["people"]:
        n, t = p["name"], p["town"]
        where = pick(f"the birthplace of {n}", f"the town where {n} was born")
        yield pick(f"On which river does {where} lie?", f"Which river flows through {where}?"), t["river"], [n, t["name"]]
        yield pick(f"To which county does {where} belong?", f"In which county is {where}?"), t["county"], [n, t["name"]]


used = set()


def half(count, share):
    """The regions of one file, by parts of the pools that the other does not have."""
    def part(pool):
        cut = len(pool) * TRAIN // REGIONS
        return pool[:cut] if share == "train" else pool[cut:]
    surnames, towns, rivers, counties, works = map(part, (SUR, TOWN, RIVER, COUNTY, WORK))
    rivers = rivers * 4
    return [region(surnames, [towns.pop(), towns.pop()], rivers, counties, [works.pop() for _ in range(3)]) for _ in range(count)]


def questions(regions, per_kind):
    texts, rows = {}, []
    for w in regions:
        for p in w["people"]:
            texts[p["name"]] = person_text(p, w["towns"])
        for x in w["works"]:
            texts[x["name"]] = work_text(x)
        for c in w["companies"]:
            texts[c["name"]] = company_text(c)
        for t in w["towns"]:
            texts[t["name"]] = town_text(t)
    titles = sorted(texts)
    unseen = titles[:]
    R.shuffle(unseen)
    for w in regions:
        chosen = [(q, "easy") for q in R.sample(list(simple(w)), per_kind)] + [(q, "hard") for q in R.sample(list(double(w)), per_kind + 1)]
        for (question, answer, gold), level in chosen:
            others = []
            while len(others) < 4:
                other = unseen.pop() if unseen else R.choice(titles)
                if other not in gold and other not in others:
                    others.append(other)
            context = gold + others
            R.shuffle(context)
            facts = [[g, i] for g in gold for i, s in enumerate(texts[g])
                     if (str(answer) if g == gold[-1] else gold[-1]) in s][:2]
            rows.append({"_id": hashlib.sha256(question.encode()).hexdigest()[:24], "question": question, "answer": str(answer),
                         "type": "bridge", "level": level, "supporting_facts": facts, "context": [[c, texts[c]] for c in context]})
    R.shuffle(rows)
    assert not unseen or all(any(t == c[0] for r in rows for c in r["context"]) for t in titles)
    return rows


def write(name, rows):
    with open(name, "w", encoding="utf-8") as file:
        file.write("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]\n")


write("train.json", questions(half(TRAIN, "train"), 4))
write("test.json", questions(half(REGIONS - TRAIN, "test"), 4))
