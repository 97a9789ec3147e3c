"""
Computes decisions independently, for comparison with ours: Python's standard library, exact fractions, and none of our code.

    decisions.py daily  FILE TIME...     rows of days (TIME is YYYY-MM-DD HH:MM, in UTC)
    decisions.py totals FILE             rows without dates

Prints JSON: [{"at", "rule", "entity", "outcome", "left"}], where left is the first comparison's left side: a number, null
for unknown, {"atLeast": number}.
"""

import csv
import datetime
import fnmatch
import json
import sys
from collections import defaultdict
from fractions import Fraction

UNKNOWN = None


class AtLeast:
    def __init__(self, bound):
        self.bound = bound


# Arithmetic ---------------------------------------------------------------------------------------------------------------


def over_count(x, n):
    """Divides x by a count."""
    if x is UNKNOWN or n is UNKNOWN:
        return UNKNOWN
    if n != 0:
        return x / n
    return AtLeast(x) if x > 0 else UNKNOWN


def over(x, y):
    """Divides x by something that is not a count."""
    if x is UNKNOWN or y is UNKNOWN or y == 0:
        return UNKNOWN
    return x / y


def times(factor, x):
    """Multiplies x by a positive factor."""
    if x is UNKNOWN:
        return UNKNOWN
    return AtLeast(x.bound * factor) if isinstance(x, AtLeast) else x * factor


def plus(x, known):
    if x is UNKNOWN or known is UNKNOWN:
        return UNKNOWN
    return AtLeast(x.bound + known) if isinstance(x, AtLeast) else x + known


def greater(x, y, or_equal=False):
    """Three-valued x > y (or >=)."""
    if x is UNKNOWN or y is UNKNOWN:
        return UNKNOWN
    if isinstance(x, AtLeast) and isinstance(y, AtLeast):
        return UNKNOWN
    if isinstance(x, AtLeast):
        settled = x.bound >= y if or_equal else x.bound > y
        return True if settled else UNKNOWN
    if isinstance(y, AtLeast):
        settled = x < y.bound if or_equal else x <= y.bound
        return False if settled else UNKNOWN
    return x >= y if or_equal else x > y


def no(truth):
    return UNKNOWN if truth is UNKNOWN else not truth


def less(x, y):
    return no(greater(x, y, or_equal=True))


def every(*truths):
    if False in truths:
        return False
    return UNKNOWN if UNKNOWN in truths else True


def some(*truths):
    return no(every(*[no(truth) for truth in truths]))


def between(x, low, high):
    return every(greater(x, low, or_equal=True), no(greater(x, high)))


# Data ---------------------------------------------------------------------------------------------------------------------

NUMBERS = ["spend", "impressions", "clicks", "leads", "purchases", "revenue"]


def number(text):
    return Fraction(text) if text.strip() else Fraction(0)


class Table:
    def __init__(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.columns = [name for name in NUMBERS if name in self.rows[0]]
        for row in self.rows:
            for name in self.columns:
                row[name] = number(row[name])
            if "date" in row:
                row["date"] = datetime.date.fromisoformat(row["date"])

    def total(self, rows, name):
        return sum((row[name] for row in rows), Fraction(0))


class Days:
    """Sums over the days of a window for one entity, as of one moment; days without a row within the file's range are zero."""

    def __init__(self, by_day, first, last, today):
        self.by_day, self.first, self.last, self.today = by_day, first, last, today

    def window(self, name):
        today, day = self.today, datetime.timedelta(days=1)
        monday = today - today.weekday() * day
        first_of_month = today.replace(day=1)
        last_of_previous = first_of_month - day
        return {
            "today": (today, today),
            "yesterday": (today - day, today - day),
            "last_3d": (today - 3 * day, today - day),
            "last_7d": (today - 7 * day, today - day),
            "last_14d": (today - 14 * day, today - day),
            "last_28d": (today - 28 * day, today - day),
            "last_90d": (today - 90 * day, today - day),
            "this_week": (monday, today),
            "last_week": (monday - 7 * day, monday - day),
            "this_month": (first_of_month, today),
            "last_month": (last_of_previous.replace(day=1), last_of_previous),
            "7d": (today - 6 * day, today),
            "7d offset 7d": (today - 13 * day, today - 7 * day),
        }[name]

    def __call__(self, measure, window):
        if window == "maximum":
            since, until = self.first, min(self.last, self.today)
            if self.today < self.first:
                return UNKNOWN
        else:
            since, until = self.window(window)
            if since < self.first or until > min(self.last, self.today):
                return UNKNOWN
        total = Fraction(0)
        while since <= until:
            total += self.by_day[since].get(measure, Fraction(0)) if since in self.by_day else 0
            since += datetime.timedelta(days=1)
        return total


# The rules ----------------------------------------------------------------------------------------------------------------
# Each takes `f(measure, window)` of the entity and of the account, and returns (the first left side, truth).


def cpa(f, window):
    return over_count(f("spend", window), f("purchases", window))


def gain(f):
    revenue, spend = f("revenue", "last_week"), f("spend", "last_week")
    return UNKNOWN if UNKNOWN in (revenue, spend) else revenue - spend


def cpm(f, window):
    return times(1000, over_count(f("spend", window), f("impressions", window)))


DAILY = {
    "high-3d": lambda f, account: (cpa(f, "last_3d"), greater(cpa(f, "last_3d"), 9)),
    "high-today": lambda f, account: (cpa(f, "today"), greater(cpa(f, "today"), 20)),
    "weak-week": lambda f, account: (
        over(f("revenue", "last_7d"), f("spend", "last_7d")),
        every(
            less(over(f("revenue", "last_7d"), f("spend", "last_7d")), 3),
            greater(f("spend", "last_7d"), 2000),
            no(greater(f("purchases", "yesterday"), 300, or_equal=True)),
        ),
    ),
    "clicked": lambda f, account: (
        times(100, over_count(f("clicks", "last_14d"), f("impressions", "last_14d"))),
        some(
            greater(over_count(f("clicks", "last_14d"), f("impressions", "last_14d")), Fraction("0.017")),
            less(over_count(f("spend", "last_14d"), f("clicks", "last_14d")), Fraction("0.2")),
        ),
    ),
    "month-between": lambda f, account: (f("spend", "this_month"), between(f("spend", "this_month"), 5000, 20000)),
    "costlier-than-last-month": lambda f, account: (
        cpa(f, "this_month"),
        greater(cpa(f, "this_month"), times(Fraction("1.05"), cpa(f, "last_month"))),
    ),
    "grows": lambda f, account: (f("spend", "7d"), greater(f("spend", "7d"), times(Fraction("1.2"), f("spend", "7d offset 7d")))),
    "gain-last-week": lambda f, account: (gain(f), less(gain(f), 10000)),
    "broad-only": lambda f, account: (cpm(f, "last_28d"), greater(cpm(f, "last_28d"), 3)),
    "above-account": lambda f, account: (
        cpa(f, "last_7d"),
        greater(cpa(f, "last_7d"), times(Fraction("1.2"), cpa(account, "last_7d"))),
    ),
    "many-ever": lambda f, account: (f("purchases", "maximum"), greater(f("purchases", "maximum"), 10000, or_equal=True)),
    "one-side-unknown": lambda f, account: (
        f("spend", "last_90d"),
        some(greater(f("spend", "last_90d"), 1), greater(f("purchases", "today"), 100, or_equal=True)),
    ),
    "click-cost": lambda f, account: (
        plus(times(2, over_count(f("spend", "today"), f("clicks", "today"))), -Fraction("0.05")),
        greater(
            plus(times(2, over_count(f("spend", "today"), f("clicks", "today"))), -Fraction("0.05")),
            Fraction("0.5"),
            or_equal=True,
        ),
    ),
}


def daily(path, times_of):
    table = Table(path)
    names = list(dict.fromkeys(row["adset_name"] for row in table.rows))
    first, last = min(row["date"] for row in table.rows), max(row["date"] for row in table.rows)
    by_entity = defaultdict(lambda: defaultdict(lambda: defaultdict(Fraction)))
    for row in table.rows:
        for measure in table.columns:
            by_entity[row["adset_name"]][row["date"]][measure] += row[measure]
            by_entity[None][row["date"]][measure] += row[measure]
    for at in times_of:
        today = datetime.datetime.strptime(at, "%Y-%m-%d %H:%M").date()
        account = Days(by_entity[None], first, last, today)
        for rule, judge in DAILY.items():
            for name in names:
                if rule == "broad-only" and not fnmatch.fnmatchcase(name, "*Broad"):
                    continue
                yield at, rule, name, judge(Days(by_entity[name], first, last, today), account)
        spend = account("spend", "this_week")
        yield at, "week-so-far", None, (spend, greater(spend, 50000))


def totals(path):
    table = Table(path)

    def groups(column):
        found = defaultdict(list)
        for row in table.rows:
            found[row[column]].append(row)
        return found

    def of(rows):
        return lambda measure: table.total(rows, measure)

    def cost(f):
        return over_count(f("spend"), f("purchases"))

    campaigns = {key: of(rows) for key, rows in groups("campaign_id").items()}
    for key, rows in groups("ad_id").items():
        f = of(rows)
        yield "", "high-ad", key, (cost(f), greater(cost(f), 50))
        yield "", "cheap-ad", key, (cost(f), less(cost(f), 20))
        rate = over_count(f("clicks"), f("impressions"))
        yield "", "clicked-ad", key, (times(100, rate), greater(rate, Fraction("0.0002")))
        click = over_count(f("spend"), f("clicks"))
        yield "", "click-cost", key, (click, every(greater(click, Fraction("1.5")), no(less(f("impressions"), 5000))))
    for key, rows in groups("adset_id").items():
        f = of(rows)
        lead = over_count(f("spend"), f("leads"))
        yield "", "lead-cost", key, (lead, greater(lead, Fraction("12.5"), or_equal=True))
        above = times(2, cost(campaigns[rows[0]["campaign_id"]]))
        yield "", "above-campaign", key, (cost(f), greater(cost(f), above))
    for key, f in campaigns.items():
        yield "", "campaign-cost", key, (cost(f), between(cost(f), 30, 70))
        yield "", "no-dates", key, (UNKNOWN, every(UNKNOWN, greater(f("purchases"), 100)))
    everything = of(table.rows)
    yield "", "all-of-it", None, (everything("spend"), greater(everything("spend"), 58000))


def shown(left):
    if left is UNKNOWN:
        return None
    return {"atLeast": float(left.bound)} if isinstance(left, AtLeast) else float(left)


OUTCOMES = {True: "fire", False: "hold", UNKNOWN: "unknown"}

if __name__ == "__main__":
    kind, path, *when = sys.argv[1:]
    found = daily(path, when) if kind == "daily" else totals(path)
    json.dump(
        [
            {"at": at, "rule": rule, "entity": entity, "outcome": OUTCOMES[truth], "left": shown(left)}
            for at, rule, entity, (left, truth) in found
        ],
        sys.stdout,
    )
