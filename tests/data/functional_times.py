#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
#
# An independent computation of functional times, hand-overs and ledgers, for the tests: it reads
# the log itself and paints the stretches between all starts and ends one by one. Prints
#   functional_times.py table FILE.csv.gz           what examples/functional_times prints
#   functional_times.py departments FILE.csv COLUMNS…  JSON of cxm_report journeys' departments
#     (columns of case, time and department; every row an event without an end)
import collections
import csv
import datetime
import gzip
import json
import sys

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def microseconds(text):
    time = datetime.datetime.fromisoformat(text) - EPOCH
    return (time.days * 86400 + time.seconds) * 1000000 + time.microseconds


def folded(path):
    """Contacts [start, end, step] by application: work items from START to COMPLETE."""
    cases = collections.OrderedDict()
    open_items = collections.defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            at = microseconds(row["timestamp"])
            contacts = cases.setdefault(row["case_id"], [])
            waiting = open_items[row["case_id"], row["activity"]]
            if row["transition"] == "COMPLETE" and waiting:
                item = waiting.pop(0)
                item[1], item[2] = at, row["activity"]
                continue
            contacts.append([at, at, None])
            if row["transition"] == "START":
                waiting.append(contacts[-1])
    return cases


def ledger(contacts):
    """The parts of one journey, by painting each stretch between two neighbouring instants."""
    contacts = sorted(contacts, key=lambda one: one[0])  # stable: ties keep their order
    parts = collections.Counter()
    marks = sorted({time for start, end, _ in contacts for time in (start, end)})
    for begin, stop in zip(marks, marks[1:]):
        active = {step for start, end, step in contacts if start <= begin and stop <= end}
        known = active - {None}
        if len(known) > 1:
            part = "overlap"
        elif known:
            part = ("alone", known.pop())
        elif active:
            part = ("alone", None)
        else:
            after = next(i for i, one in enumerate(contacts) if one[0] >= stop)
            before = [step for _, _, step in contacts[:after] if step is not None]
            following = contacts[after][2]
            handed = following is not None and before and before[-1] != following
            part = "hand-off wait" if handed else "unmeasured"
        parts[part] += stop - begin
    return parts, marks[-1] - marks[0]


def table(path):
    cases = folded(path)
    whole, functional, items, sums = 0, collections.Counter(), collections.Counter(), collections.Counter()
    for contacts in cases.values():
        parts, length = ledger(contacts)
        assert sum(parts.values()) == length
        whole += length
        sums.update(parts)
        for start, end, step in contacts:
            functional[step] += end - start
            items[step] += 1
    hours = lambda time: "%.3f" % (time / len(cases) / 3.6e9)
    line = lambda *cells: print("%-32s %8s %10s %12s" % cells)
    line("hours an application", "items", "functional", "of the whole")
    touch = sums["overlap"]
    for step in sorted(step for step in items if step is not None):
        line(step, items[step], hours(functional[step]), hours(sums["alone", step]))
        touch += sums["alone", step]
    for name, part in (("overlap of steps", "overlap"), ("hand-off wait", "hand-off wait"),
                       ("unmeasured", "unmeasured")):
        line(name, "", "", hours(sums[part]))
    line("functional, end to end", "", hours(sum(functional.values())), hours(whole))
    print("%d applications, flow efficiency %.2f %%" % (len(cases), 100 * (touch / whole)))


def departments(path, case, time, department):
    cases = collections.defaultdict(list)
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cases[row[case]].append((microseconds(row[time]), row[department]))
    found = collections.defaultdict(lambda: {"events": 0, "handovers_in": 0, "wait": 0})
    for events in cases.values():
        events.sort(key=lambda one: one[0])
        for i, (at, owner) in enumerate(events):
            found[owner]["events"] += 1
            if i > 0 and events[i - 1][1] != owner:
                found[owner]["handovers_in"] += 1
                found[owner]["wait"] += at - events[i - 1][0]
    print(json.dumps([dict(department=name, **found[name])
                      for name in sorted(found, key=lambda text: text.encode())]))


if sys.argv[1] == "table":
    table(sys.argv[2])
else:
    departments(*sys.argv[2:])
