# SPDX-License-Identifier: BSL-1.0
#
"""cxm_report paths against a second computation on random hostile logs: PROGRAM [logs]."""
import csv, fractions, io, json, random, statistics, subprocess, sys
from datetime import datetime, timedelta, timezone

NAMES = ['a', 'b', 'c', 'A', 'ä', '"q"', 'x,y', 'two\nlines', ' ', 'zz', '€', '<b>', "it's"]
BASE = datetime(2024, 3, 30, tzinfo=timezone.utc)

def stamp(minutes, rng):
    t = BASE + timedelta(minutes=minutes)
    if rng.random() < .3:
        t = t.astimezone(timezone(timedelta(hours=rng.choice([-5, 2, 5.5]))))
        return t.strftime('%Y-%m-%dT%H:%M:%S') + t.strftime('%z')[:3] + ':' + t.strftime('%z')[3:]
    return t.strftime(rng.choice(['%Y-%m-%d %H:%M', '%Y-%m-%dT%H:%M:%SZ', '%Y/%m/%d %H:%M:%S']))

def make(rng):
    rows = []
    for _ in range(rng.randrange(0, 120)):
        start = rng.randrange(0, 600)
        end = '' if rng.random() < .3 else start + rng.randrange(-3, 60)
        rows.append(dict(who=rng.choice(['', *'123456']), start='soon' if rng.random() < .05 else start,
                         end=end, what='' if rng.random() < .05 else rng.choice(NAMES),
                         id=rng.choice(['', *map(str, range(60))]), ragged=rng.random() < .03))
    out = io.StringIO()
    w = csv.writer(out, lineterminator=rng.choice(['\n', '\r\n']))
    w.writerow(['who', 'start', 'end', 'what', 'id'])
    for r in rows:
        s = r['start'] if r['start'] == 'soon' else stamp(r['start'], rng)
        e = '' if r['end'] == '' else stamp(r['end'], rng)
        w.writerow([r['who'], s, e, r['what'], r['id']] + (['more'] if r['ragged'] else []))
    return rows, ('\ufeff' if rng.random() < .3 else '') + out.getvalue()

def expected(rows, o):
    rejected, used, seen, log = {}, 0, set(), []
    for i, r in enumerate(rows):
        why = None
        if r['ragged']: why = 'ragged'
        elif r['who'] == '': why = 'missing_key'
        elif r['start'] == 'soon': why = 'bad_time'
        elif o['ends'] and r['end'] != '' and r['end'] < r['start']: why = 'end_before_start'
        elif r['what'] == '': why = 'missing_touchpoint'
        if why:
            rejected[why] = rejected.get(why, 0) + 1
            continue
        used += 1
        if o['ids'] and r['id'] != '':
            if r['id'] in seen: continue
            seen.add(r['id'])
        end = r['end'] if o['ends'] and r['end'] != '' else r['start']
        log.append([r['start'], i, end, r['what'], r['who']])
    journeys = []
    for who in sorted({x[4] for x in log}):
        mine = sorted(x for x in log if x[4] == who)
        if o['collapse']:
            runs = []
            for x in mine:
                if runs and runs[-1][3] == x[3]: runs[-1] = [*runs[-1]]; runs[-1][2] = max(runs[-1][2], x[2])
                else: runs.append(list(x))
            mine = runs
        now, latest = [], None
        for x in mine:
            if now and ((o['gap'] is not None and x[0] - latest > o['gap']) or x[3] in o['start']):
                journeys.append(now); now = []
            latest = x[2] if not now else max(latest, x[2])
            now.append(x)
            if x[3] in o['end']:
                journeys.append(now); now = []
        if now: journeys.append(now)
    key = lambda s: s.encode()
    count, first, last, edges, ways = {}, {}, {}, {}, {}
    for n, j in enumerate(journeys):
        first[j[0][3]] = first.get(j[0][3], 0) + 1
        last[j[-1][3]] = last.get(j[-1][3], 0) + 1
        way = tuple(x[3] for x in j); ways[way] = ways.get(way, 0) + 1
        latest = None
        for i, x in enumerate(j):
            count[x[3]] = count.get(x[3], 0) + 1
            if i:
                t = x[0] - (latest if o['ends'] else j[i - 1][0])
                e = edges.setdefault((j[i - 1][3], x[3]), ([], set(), []))
                e[0].append(max(t, 0) * 60); e[1].add(n); e[2].append(o['ends'] and t < 0)
            latest = x[2] if latest is None else max(latest, x[2])
    order = sorted(ways.items(), key=lambda w: (-w[1], [key(s) for s in w[0]]))
    return dict(
        input=dict(rows=len(rows), used=used, rejected=rejected), journeys=len(journeys),
        events=sum(count.values()),
        touchpoints=[dict(name=k, count=v) for k, v in sorted(count.items(), key=lambda c: (-c[1], key(c[0])))],
        start=first, end=last,
        edges=[{'from': a, 'to': b, 'count': len(t), 'journeys': len(js),
                'mean_seconds': float(fractions.Fraction(sum(t), len(t))),
                'median_seconds': float(statistics.median(t)), 'overlaps': sum(ov)}
               for (a, b), (t, js, ov) in sorted(edges.items(), key=lambda e: (-len(e[1][0]), key(e[0][0]), key(e[0][1])))],
        variants=dict(distinct=len(ways), top=[dict(path=list(w), count=c, share=c / len(journeys))
                                               for w, c in order[:o['top']]]))

def main(program, logs):
    for seed in range(logs):
        rng = random.Random(seed)
        rows, text = make(rng)
        o = dict(ends=rng.random() < .5, ids=rng.random() < .4, collapse=rng.random() < .5,
                 gap=rng.choice([None, 20, 60]), start=rng.choice([[], [], ['a'], ['x,y', 'zz']]),
                 end=rng.choice([[], [], ['b'], ['two\nlines', 'ä']]), top=rng.choice([10, 0, 1, 1000]))
        a = [program, 'paths', '--in', '-', rng.choice(['--customer', '--case']), 'who', '--time', 'start',
             '--touchpoint', 'what', '--json', '-']
        if o['ends']: a += ['--end-time', 'end']
        if o['ids']: a += ['--id', 'id']
        if o['collapse']: a += ['--collapse-repeats']
        if o['gap']: a += ['--gap', f"{o['gap']}m"]
        for name in ('start', 'end'):
            if len(o[name]) == 1: a += [f'--{name}-on', o[name][0], f'--{name}-on', o[name][0]]
            for one in o[name] if len(o[name]) > 1 else []: a += [f'--{name}-on', one]
        if o['top'] != 10: a += ['--top', str(o['top'])]
        done = subprocess.run(a, input=text.encode(), capture_output=True)
        assert done.returncode == 0, (seed, a, done.stderr)
        found, wanted = json.loads(done.stdout), expected(rows, o)
        if list(found) != list(wanted) or found != wanted:
            for k in wanted:
                if found.get(k) != wanted[k]: print(seed, a, k, '\nfound ', found.get(k), '\nwanted', wanted[k]); break
            print(list(found)); sys.exit(1)
        for k in ('start', 'end'):
            assert list(found[k]) == sorted(found[k], key=lambda s: s.encode()), (seed, k)
    print(logs, 'logs agree')

main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300)
