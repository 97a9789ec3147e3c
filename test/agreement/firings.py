"""
Computes the firings of a backtest independently, for comparison: Python's standard library, exact fractions, and none of our code.

    firings.py FILE     rows of days; every day is evaluated once, at its end, in UTC

Prints JSON: {"firings": [{"day", "rule", "entity"}], "summary": {rule: [spend after, results after]}}.
"""

import datetime
import json
import sys
from collections import defaultdict
from fractions import Fraction

from decisions import Days, Table, cpa, greater, less, over

DAY = datetime.timedelta(days=1)


def cpa_below(f, window, limit):
    return less(cpa(f, window), limit)


# id: (when, cooldown in days, days of `for`, clear, limit, priority, whether it pauses, which names)
RULES = {
    "rests": (lambda f: greater(cpa(f, "last_3d"), 7), 3, 0, None, None, 0, False, None),
    "waits": (lambda f: greater(f("spend", "today"), f("spend", "yesterday")), 1, 1, None, None, 0, False, None),
    "clears": (lambda f: greater(cpa(f, "last_7d"), 7), 1, 0, lambda f: cpa_below(f, "last_3d", Fraction("6.5")), None, 0, False, None),
    "limited": (lambda f: less(f("purchases", "today"), 120), 1, 0, None, 3, 0, False, None),
    "strong": (lambda f: less(over(f("revenue", "last_3d"), f("spend", "last_3d")), 5), 2, 0, None, None, 10, True, None),
    "weak": (lambda f: greater(cpa(f, "last_7d"), 6), 1, 0, None, None, 1, True, "LAL"),
    "of-account": (lambda f: greater(f("spend", "today"), 22000), 7, 0, None, None, 0, False, None),
}


def main(path):
    table = Table(path)
    by_entity = defaultdict(lambda: defaultdict(lambda: defaultdict(Fraction)))
    for row in table.rows:
        for entity in (row["adset_name"], None):
            for name in table.columns:
                by_entity[entity][row["date"]][name] += row[name]
    first, last = (pick(row["date"] for row in table.rows) for pick in (min, max))
    adsets = sorted(entity for entity in by_entity if entity is not None)

    firings, since, fired_on, cleared = [], {}, {}, defaultdict(lambda: True)
    today = first
    while today <= last:
        # Entities that a rule paused today, and the priority of rules that rest after pausing an entity and may still want it paused.
        paused, kept = set(), {}
        for rule in sorted(RULES, key=lambda rule: (-RULES[rule][5], rule)):
            when, cooldown, hold, clear, limit, priority, pauses, names = RULES[rule]
            count = 0
            for entity in [None] if rule == "of-account" else adsets:
                if names is not None and names not in entity:
                    continue
                f, place = Days(by_entity[entity], first, last, today), (rule, entity)
                if clear is not None and clear(f) is True:
                    cleared[place] = True
                truth = when(f)
                rests = place in fired_on and today < fired_on[place] + cooldown * DAY
                rests = rests or (clear is not None and not cleared[place])
                if truth is True:
                    since.setdefault(place, today)
                else:
                    since.pop(place, None)
                held = (
                    truth is not True
                    or today - since[place] < hold * DAY
                    or rests
                    or (limit is not None and count >= limit)
                    or (pauses and (entity in paused or kept.get(entity, priority) > priority))
                )
                if held:
                    if pauses and rests and truth is not False:
                        kept.setdefault(entity, priority)
                    continue
                firings.append({"day": today.isoformat(), "rule": rule, "entity": entity})
                fired_on[place], cleared[place] = today, False
                count += 1
                if pauses:
                    paused.add(entity)
        today += DAY

    summary = {}
    for rule in RULES:
        spend = results = Fraction(0)
        started = {}
        for firing in firings:
            if firing["rule"] == rule:
                started.setdefault(firing["entity"], firing["day"])
        for entity, day in started.items():
            for date, row in by_entity[entity].items():
                if date.isoformat() > day:
                    spend += row["spend"]
                    results += row["purchases"]
        summary[rule] = [round(float(spend), 2), int(results)]
    print(json.dumps({"firings": firings, "summary": summary}))


main(sys.argv[1])
