#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
#
# An independent computation of the planned ends of log_receipt and of the weekly reminders that a
# test makes up for them: it shares nothing with the library. Usage: promise_figures.py receipt.csv
# Prints one JSON object; times in microseconds.
import csv
import datetime
import json
import sys

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
WEEK = datetime.timedelta(days=7)


def microseconds(span):
    return (span.days * 86400 + span.seconds) * 1000000 + span.microseconds


def read(path):
    cases = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cases.setdefault(row["case:concept:name"], []).append(row)
    return cases


def time_of(text):
    return datetime.datetime.fromisoformat(text) if text else None


def figures(cases, last):
    fates = dict(kept=0, late=0, unmet=0, pending=0, late_by_week=0)
    overruns, overdue, ahead, relative = [], [], [], []
    for rows in cases:
        due = time_of(rows[0]["case:enddate_planned"])
        end = time_of(rows[0]["case:enddate"])
        made = time_of(rows[0]["case:startdate"])
        if end is None:
            fates["unmet" if last > due else "pending"] += 1
            if last > due:
                overdue.append(microseconds(last - due))
        elif end > due:
            fates["late"] += 1
            fates["late_by_week"] += end > due + WEEK
            overruns.append(microseconds(end - due))
            if due > made:
                relative.append((end - due) / (due - made))
        else:
            fates["kept"] += 1
            if end < due:
                ahead.append(microseconds(due - end))
    return dict(
        fates,
        overrun_sum=sum(overruns),
        overrun_max=max(overruns, default=0),
        overdue_sum=sum(overdue),
        ahead=len(ahead),
        ahead_sum=sum(ahead),
        relative=len(relative),
        relative_max=max(relative, default=0),
    )


def main(path):
    cases = read(path)
    last = max(time_of(row["time:timestamp"]) for rows in cases.values() for row in rows)
    by_channel = {}
    for rows in cases.values():
        by_channel.setdefault(rows[0]["case:channel"], []).append(rows)
    found = dict(all=figures(cases.values(), last))
    found["channels"] = {name: figures(some, last) for name, some in by_channel.items()}
    # Groups of staff with the contacts and cases that they have, "measured" where Resource01 works.
    groups = {}
    for case, rows in cases.items():
        for row in rows:
            one = groups.setdefault(row["org:group"], dict(n=0, met=0, cases=set(), seen=set()))
            one["n"] += 1
            one["cases"].add(case)
            if row["org:resource"] == "Resource01":
                one["met"] += 1
                one["seen"].add(case)
    found["groups"] = {
        name or "none": [one["met"], one["n"], len(one["seen"]), len(one["cases"])]
        for name, one in groups.items()
    }
    print(json.dumps(found))


main(sys.argv[1])
