"""Writes the recorded outcomes of the stand-in model in the format of RecordedLandscape: python standin_outcomes.py outcomes.jsonl OUT.jsonl.gz

The input's rows are instruction, demo set, mean on validation, mean on test, demos, then each validation outcome. Tokens were not recorded by
configuration: TOKENS has those of a prompt without demos, of one demo and of a reply, from the prompt tokens of whole runs (support: 405 and 990
a call at 3.0 and 11.2 demos in the mean; moderation: 545 and 1,330)."""
import gzip, json, sys

TOKENS = {'support': (191, 71, 20), 'moderation': (258, 96, 30)}


def line(run):
    task, limit = run['task'], 4 if run['variant'].endswith('44') else 16
    prompt, demo, reply = TOKENS[task]
    configurations = [
        {'choices': [int(row[0]), int(row[1])], 'demos': int(row[4]), 'tokens': prompt + demo * int(row[4]) + reply,
         'test': round(row[3], 4), 'validation': [round(score, 3) if score % 1 else int(score) for score in row[5:]]}
        for row in run['all']]
    dimensions = [{'predictor': task, 'part': part, 'choices': 1 + max(each['choices'][i] for each in configurations)}
                  for i, part in enumerate(('INSTRUCTIONS', 'DEMOS'))]
    return json.dumps({'family': f'recorded STANDIN_{limit}', 'task': task, 'demoLimit': limit, 'seed': run['seed'],
                       'dimensions': dimensions, 'baseline': [0, 0], 'configurations': configurations}, separators=(',', ':'))


with open(sys.argv[1]) as source, gzip.GzipFile(sys.argv[2], 'wb', mtime=0) as out:
    for each in source:
        out.write((line(json.loads(each)) + '\n').encode())
