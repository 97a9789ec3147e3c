"""Runs Meta's Python SDK against the sandbox: reads with all fields, creates, uploads, batches. Prints the results as JSON."""

import base64
import json
import os
import sys
import tempfile
import time

from facebook_business.adobjects.ad import Ad
from facebook_business.adobjects.adaccount import AdAccount
from facebook_business.adobjects.adcreative import AdCreative
from facebook_business.adobjects.adimage import AdImage
from facebook_business.adobjects.adreportrun import AdReportRun
from facebook_business.adobjects.adset import AdSet
from facebook_business.adobjects.adsinsights import AdsInsights
from facebook_business.adobjects.adspixel import AdsPixel
from facebook_business.adobjects.advideo import AdVideo
from facebook_business.adobjects.campaign import Campaign
from facebook_business.adobjects.customaudience import CustomAudience
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

url, account_id, page, pixel, app_id, secret, token = sys.argv[1:]
FacebookSession.GRAPH = url
api = FacebookAdsApi.init(app_id, secret, token, crash_log=False)
call = FacebookAdsApi.call
# Videos are uploaded to another host at Meta; here it is the sandbox too.
FacebookAdsApi.call = lambda self, *args, **more: call(self, *args, **{**more, "url_override": None})
account = AdAccount(account_id)
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
said = {}


def fields_of(kind):
    return [value for name, value in vars(kind.Field).items() if not name.startswith("_")]


def read():
    said["account"] = account.api_get(fields=fields_of(AdAccount))["name"]
    for name, kind, listing in (
        ("campaigns", Campaign, account.get_campaigns),
        ("adsets", AdSet, account.get_ad_sets),
        ("ads", Ad, account.get_ads),
        ("creatives", AdCreative, account.get_ad_creatives),
        ("pixels", AdsPixel, account.get_ads_pixels),
        ("audiences", CustomAudience, account.get_custom_audiences),
    ):
        cursor = listing(fields=fields_of(kind), params={"limit": 5})
        found = list(cursor)
        said[name] = [len(found), cursor.total()]
    rows = account.get_insights(fields=fields_of(AdsInsights), params={"date_preset": "last_7d", "level": "adset"})
    said["insights"] = sum(int(row["impressions"]) for row in rows)
    run = account.get_insights_async(
        fields=["impressions"], params={"date_preset": "last_7d", "level": "ad", "breakdowns": ["age", "gender"]}
    )
    while run.api_get()[AdReportRun.Field.async_percent_completion] < 100:
        time.sleep(0.05)
    said["insights_async"] = sum(int(row["impressions"]) for row in run.get_insights(params={"limit": 100}))


def create():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "hero.png")
        with open(path, "wb") as file:
            file.write(base64.b64decode(PNG))
        image = AdImage(parent_id=account_id)
        image[AdImage.Field.filename] = path
        image.remote_create()
        clip = os.path.join(folder, "hero.mp4")
        with open(clip, "wb") as file:
            file.write(b"\0" * 2_500_000)
        video = AdVideo(parent_id=account_id)
        video[AdVideo.Field.filepath] = clip
        video.remote_create()
        video.waitUntilEncodingReady(interval=1, timeout=60)
    said["video"] = len(AdVideo(video["id"]).get_thumbnails(fields=["uri"], params={"summary": "true"}))
    campaign = account.create_campaign(
        params={
            "name": "Python | Yaz",
            "objective": "OUTCOME_SALES",
            "special_ad_categories": [],
            "is_adset_budget_sharing_enabled": False,
            "status": "PAUSED",
        }
    )
    adset = account.create_ad_set(
        params={
            "name": "Kadın",
            "campaign_id": campaign["id"],
            "daily_budget": 50000,
            "billing_event": "IMPRESSIONS",
            "optimization_goal": "OFFSITE_CONVERSIONS",
            "promoted_object": {"pixel_id": pixel, "custom_event_type": "PURCHASE"},
            "targeting": {"geo_locations": {"countries": ["TR"]}, "locales": [19]},
            "frequency_control_specs": [{"event": "IMPRESSIONS", "interval_days": 7, "max_frequency": 2}],
            "status": "PAUSED",
        }
    )
    story = {"page_id": page, "link_data": {"link": "https://modatr.example", "message": "Yaz", "image_hash": image["hash"]}}
    creative = account.create_ad_creative(params={"name": "Görsel", "object_story_spec": story})
    ad = account.create_ad(
        params={"name": "Reklam", "adset_id": adset["id"], "creative": {"creative_id": creative["id"]}, "status": "PAUSED"}
    )
    said["ad"] = Ad(ad["id"]).api_get(fields=["status", "campaign{name}", "creative{image_hash}"]).export_all_data()
    said["previews"] = len(Ad(ad["id"]).get_previews(params={"ad_format": "MOBILE_FEED_STANDARD"}))
    return campaign["id"], adset["id"]


def batch(campaign, adset):
    answers = []
    requests = api.new_batch()
    keep = {"success": lambda answer: answers.append(answer.json()), "failure": lambda answer: answers.append(answer.error())}
    AdSet(adset).api_update(params={"name": "Kadın 25+"}, batch=requests, **keep)
    Campaign(campaign).get_ad_sets(fields=["name"], batch=requests, **keep)
    AdSet(adset).api_update(params={"status": "STOPPED"}, batch=requests, **keep)
    requests.execute()
    said["batch"] = [
        {"error": answer.api_error_code()} if isinstance(answer, FacebookRequestError) else answer for answer in answers
    ]
    Campaign(campaign).api_delete()


read()
batch(*create())
print(json.dumps(said))
