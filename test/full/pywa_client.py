"""Uses the sandbox's WhatsApp with pywa, or parses its webhooks: `pywa_client.py drive|parse`, JSON on standard input and output."""

import json
import sys

import httpx
from pywa import WhatsApp, types
from pywa.types import templates as t


def client(given):
    session = httpx.Client(timeout=20)
    wa = WhatsApp(
        phone_id=given["phone_id"],
        token=given["token"],
        waba_id=given["waba_id"],
        app_secret=given["app_secret"],
        verify_token="x",
        api_version=26.0,
        session=session,
        server=None,
    )
    session.base_url = given["url"] + "/v26.0"
    return wa


def drive(given):
    wa, to, out = client(given), given["to"], {}
    out["text"] = wa.send_message(to, "merhaba", tracker="ours-1").id
    out["buttons"] = wa.send_message(
        to, "Onay?", buttons=[types.Button("Onayla", callback_data="yes"), types.Button("Reddet", callback_data="no")]
    ).id
    rows = [types.SectionRow(title="Kış", callback_data="row-1"), types.SectionRow(title="Yaz", callback_data="row-2")]
    out["list"] = wa.send_message(
        to, "Hangisi?", buttons=types.SectionList("Seç", sections=[types.Section(title="Setler", rows=rows)])
    ).id
    by_id = wa.send_message(given["user_id"], "kimliğe")
    out["by_user_id"] = {"id": by_id.id, "to": by_id.to}

    created = wa.create_template(
        t.Template(
            name="siparis_durumu",
            language=t.TemplateLanguage.TURKISH,
            category=t.TemplateCategory.UTILITY,
            parameter_format=t.ParamFormat.NAMED,
            components=[
                t.HeaderText("Sipariş {{order}}", order="A-17"),
                t.BodyText("Merhaba {{name}}, siparişiniz {{state}} durumunda.", name="Ayşe", state="hazırlanıyor"),
                t.FooterText(text="Moda TR"),
                t.Buttons(buttons=[t.QuickReplyButton(text="Tamam")]),
            ],
        )
    )
    out["created"] = {"id": created.id, "status": created.status.value, "category": created.category.value}
    found = wa.get_template(created.id)
    out["found"] = {"name": found.name, "components": [type(one).__name__ for one in found.components]}
    listed = wa.get_templates()
    out["listed"] = {"count": listed.total_count, "names": sorted({one.name for one in listed})}
    by_status = wa.get_templates(statuses=[t.TemplateStatus.APPROVED])
    out["approved"] = sorted({one.name for one in by_status})
    try:
        wa.create_template(
            t.Template(
                name="bozuk",
                language=t.TemplateLanguage.TURKISH,
                category=t.TemplateCategory.UTILITY,
                components=[t.BodyText("{{1}} ile başlar", "x")],
            )
        )
        out["refused"] = None
    except Exception as error:
        out["refused"] = [getattr(error, "code", None), getattr(error, "subcode", None)]
    out["deleted"] = wa.delete_template("siparis_durumu", template_id=created.id).success
    out["left"] = sorted({one.name for one in wa.get_templates()})

    media = wa.upload_media(bytes(range(256)), mime_type="image/png", filename="renk.png")
    url = wa.get_media_url(media.id)
    out["media"] = {"type": url.mime_type, "size": url.file_size, "same": wa.get_media_bytes(url.url) == bytes(range(256))}
    out["media_deleted"] = wa.delete_media(media.id).success

    out["profile_set"] = wa.update_business_profile(about="Moda", websites=["https://moda.example"]).success
    profile = wa.get_business_profile()
    out["profile"] = {"about": profile.about, "industry": profile.industry.value, "websites": list(profile.websites or [])}
    return out


def parse(given):
    wa = client(given)
    read = []

    def keep(_, update):
        user = getattr(update, "from_user", None)
        read.append(
            {
                "type": type(update).__name__,
                "user_id": getattr(user, "bsuid", None),
                "wa_id": getattr(user, "wa_id", None),
                "status": getattr(getattr(update, "status", None), "value", None),
            }
        )

    for register in (
        wa.on_message,
        wa.on_message_status,
        wa.on_callback_button,
        wa.on_callback_selection,
        wa.on_phone_number_change,
        wa.on_template_status_update,
    ):
        register(keep)
    answers = []
    for webhook in given["webhooks"]:
        body = webhook["body"].encode()
        before = len(read)
        refused = wa.webhook_update_validator(body, webhook["signature"])
        wa.webhook_update_handler(body)
        answers.append({"refused": refused, "parsed": len(read) - before})
    return {"read": read, "answers": answers}


if __name__ == "__main__":
    json.dump({"drive": drive, "parse": parse}[sys.argv[1]](json.load(sys.stdin)), sys.stdout)
