"""Forecasts tasks (JSON lines on standard input) with statsforecast, and prints the MASE of each model on each set as JSON."""

import json
import sys
from collections import defaultdict

import numpy as np
import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import AutoCES, AutoETS, DynamicOptimizedTheta

tasks = defaultdict(list)
for line in sys.stdin:
    task = json.loads(line)
    tasks[task["set"]].append(task)

scores = []
for name, of_set in tasks.items():
    season, horizon = of_set[0]["m"], of_set[0]["h"]
    frame = pd.concat(
        pd.DataFrame({"unique_id": task["id"], "ds": np.arange(1, len(task["train"]) + 1), "y": task["train"]})
        for task in of_set
    )
    models = [AutoETS(season_length=season), AutoCES(season_length=season), DynamicOptimizedTheta(season_length=season)]
    forecasts = StatsForecast(models=models, freq=1, n_jobs=1).forecast(df=frame, h=horizon)
    for model in [column for column in forecasts.columns if column not in ("unique_id", "ds")]:
        errors = []
        for task in of_set:
            train, test = np.array(task["train"], float), np.array(task["test"], float)
            means = forecasts[forecasts["unique_id"] == task["id"]].sort_values("ds")[model].to_numpy()
            errors.append(np.mean(np.abs(means - test)) / np.mean(np.abs(train[season:] - train[:-season])))
        scores.append({"set": name, "model": model, "mase": float(np.mean(errors))})
print(json.dumps(scores))
