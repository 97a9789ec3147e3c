"""Airbyte's Facebook source against the sandbox: prints the connector's own messages, a line of JSON each."""

import json
import os
import sys
import tempfile

from facebook_business.session import FacebookSession

url, account_id, token, since, until, *wanted = sys.argv[1:]
FacebookSession.GRAPH = url

from airbyte_cdk.entrypoint import launch  # noqa: E402
from source_facebook_marketing.source import SourceFacebookMarketing  # noqa: E402
from source_facebook_marketing.streams.async_job_manager import InsightAsyncJobManager  # noqa: E402

# The sandbox's reports are ready after a few polls, so there is no need to wait half a minute between them.
InsightAsyncJobManager.JOB_STATUS_UPDATE_SLEEP_SECONDS = 0.1
source = SourceFacebookMarketing()
config = {
    "account_ids": [account_id],
    "credentials": {"auth_type": "Service", "access_token": token},
    "start_date": since,
    "end_date": until,
    "insights_job_timeout": 10,
    "insights_lookback_window": 1,
}
streams = [
    {
        "stream": {"name": name, "json_schema": {}, "supported_sync_modes": ["full_refresh"]},
        "sync_mode": "full_refresh",
        "destination_sync_mode": "overwrite",
    }
    for name in wanted
]
with tempfile.TemporaryDirectory() as folder:
    paths = {}
    for name, content in (("config", config), ("catalog", {"streams": streams})):
        paths[name] = os.path.join(folder, f"{name}.json")
        with open(paths[name], "w") as file:
            json.dump(content, file)
    launch(source, ["check", "--config", paths["config"]])
    launch(source, ["read", "--config", paths["config"], "--catalog", paths["catalog"]])
