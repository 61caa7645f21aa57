# SPDX-License-Identifier: BSL-1.0
#
# A second computation of how START and COMPLETE rows of a log fold into contacts, first in first
# out a case and activity, in the order of the file within one instant; for lifecycle_test.cpp.
#   gzip -dc events.csv.gz | python3 lifecycle.py
import collections
import csv
import datetime
import json
import sys

log = list(csv.DictReader(sys.stdin))
for number, row in enumerate(log):
    row["at"] = datetime.datetime.fromisoformat(row["timestamp"])
    row["number"] = number
log.sort(key=lambda row: (row["at"], row["number"]))

waiting = collections.defaultdict(collections.deque)
ends = {}
unmatched = 0
for row in log:
    key = row["case_id"], row["activity"]
    if row["transition"] == "START":
        waiting[key].append(row["number"])
    elif row["transition"] == "COMPLETE":
        if waiting[key]:
            ends[waiting[key].popleft()] = row
        else:
            unmatched += 1

gone = {row["number"] for row in ends.values()}
touched = datetime.timedelta()
by_activity = collections.Counter()
for row in log:
    if row["number"] in ends:
        touched += ends[row["number"]]["at"] - row["at"]
        by_activity[row["activity"]] += 1
json.dump({
    "rows": len(log),
    "events": len(log) - len(gone),
    "whole": len(ends),
    "open": sum(len(one) for one in waiting.values()),
    "unmatched_complete": unmatched,
    "points": sum(row["transition"] not in ("START", "COMPLETE") for row in log),
    "touch_milliseconds": touched // datetime.timedelta(milliseconds=1),
    "whole_by_activity": dict(sorted(by_activity.items())),
}, sys.stdout, indent=1)
print()
