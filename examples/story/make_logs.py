#!/usr/bin/env python3
"""Writes the logs, the bill and the register of digests of this example.

    ./make_logs.py

The README tells what happens and when; the events stand below under their dates. There is no clock and no chance in here: what looks
random is taken from the SHA-256 of a name, so a second run writes the same records.
"""
import datetime
import gzip
import hashlib
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
DAY = datetime.timedelta(days=1)
KEYS = {"claims-intake": "key-claims", "fraud-screening": "key-fraud", "policy-search": "key-search",
        "document-reader": "key-documents", "payments-agent": "key-payments", "quote-widget": "key-quotes"}
MODELS = {  # provider, deployment, US dollars a thousand tokens in and out
    "meadow-mini": ("meadow", "meadow-eu-1", 0.0004, 0.0016), "orchard-8b": ("own-datacentre", "orchard-dc-1", 0.0001, 0.0002),
    "harbour-1": ("harbour", "harbour-eu-1", 0.004, 0.016), "summit-2": ("summit", "summit-eu-1", 0.01, 0.04),
    "meadow-next": ("meadow", "meadow-eu-1", 0.0004, 0.0016), "meadow-classic": ("meadow", "meadow-eu-0", 0.0006, 0.0018)}


def pick(name, below):
    """A number from 0 to below - 1 that depends on the name alone."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % below


def day(text):
    return datetime.date.fromisoformat(text)


def cost(model, tokens_in, tokens_out):
    return round((tokens_in * MODELS[model][2] + tokens_out * MODELS[model][3]) / 1000, 6)


class Gateway:
    """The main gateway: what it logs on a day when all goes as the policy orders."""

    def __init__(self):
        self.records = []

    def log(self, date, minute, agent, rule, data_class, model, tokens_in=0, **other):
        name = f"gw-{date:%m%d}-{minute:04d}"
        tokens_in = tokens_in or 300 + pick(name + "in", 900)
        tokens_out = 80 + pick(name + "out", 300)
        provider, deployment = MODELS[model][:2]
        record = {
            "ts": f"{date}T{minute // 60:02d}:{minute % 60:02d}:{pick(name + 's', 60):02d}.{pick(name + 'ms', 1000):03d}Z",
            "request_id": name, "agent": agent, "data_class": data_class, "requested_model": "meadow-mini", "served_model": model,
            "provider": provider, "deployment": deployment, "rule_id": rule, "tools": [], "outcome": "success",
            "tokens_in": tokens_in, "tokens_out": tokens_out, "cost_usd": cost(model, tokens_in, tokens_out),
            "api_key_alias": KEYS[agent]}
        record.update(other)
        self.records.append(record)
        return record

    def trusted(self, date, minute, agent, rule, data_class, deployment="harbour-eu-1", **other):
        key = KEYS[agent] + ("-trusted" if agent in ("claims-intake", "document-reader") else "")
        return self.log(date, minute, agent, rule, data_class, "harbour-1", deployment=deployment,
                        trigger="classifier", api_key_alias=key, **other)

    def front(self, date, minute, agent, rule, data_class, **other):
        """The front line, or in an outage mostly the model of the own data centre."""
        if OUTAGE[0] <= date <= OUTAGE[1] and pick(f"{date}{minute}outage", 10) < 8:
            return self.log(date, minute, agent, rule, data_class, "orchard-8b", escalated_from="meadow-mini", trigger="error", **other)
        return self.log(date, minute, agent, rule, data_class, "meadow-mini", **other)

    def refused(self, date, minute, agent, rule, data_class, **other):
        self.log(date, minute, agent, rule, data_class, "meadow-mini", served_model=None, outcome="blocked", tokens_out=0,
                 cost_usd=0, **other)

    def ordinary(self, date):
        work = date.weekday() < 5
        minute = lambda hour, name: hour * 60 + pick(f"{date}{name}", 50)
        self.front(date, minute(6, "search"), "policy-search", "public-front-line", "public")
        self.front(date, minute(9, "claim"), "claims-intake", "claims-front-line", "internal")
        self.front(date, minute(20, "search"), "policy-search", "public-front-line", "public")
        self.trusted(date, minute(10, "pii"), "claims-intake", "pii-to-trusted", "pii", personal(date, 0))
        if work:
            self.front(date, minute(11, "claim"), "claims-intake", "claims-front-line", "internal")
            self.front(date, minute(14, "claim"), "claims-intake", "claims-front-line", "internal")
            self.trusted(date, minute(15, "pii"), "claims-intake", "pii-to-trusted", "pii", personal(date, 1))
            self.front(date, minute(16, "paper"), "document-reader", "document-front-line", "internal",
                       tokens_in=4000 + pick(f"{date}short", 9000))
            self.trusted(date, minute(13, "fraud"), "fraud-screening", "fraud-to-trusted", "confidential")
        if date.weekday() in (0, 2, 4):
            self.front(date, minute(12, "crm"), "claims-intake", "crm-lookup", "internal", tools=["crm.lookup"])
        if date.weekday() in (1, 3):
            self.trusted(date, minute(17, "long"), "document-reader", "long-to-trusted", "internal",
                         tokens_in=17000 + pick(f"{date}long", 30000))
        if date.weekday() == 2 and date not in SERVED_THOUGH_BLOCKED:
            self.refused(date, minute(18, "pay"), "payments-agent", "block-payments", "internal", tools=["payments.execute"])


OUTAGE = (day("2026-07-20"), day("2026-08-02"))
SERVED_THOUGH_BLOCKED = (day("2026-07-22"), day("2026-07-29"))


def personal(date, number):
    """Where a request with personal data goes: from 10 August to 2 September every second one to the UK."""
    return "harbour-uk-1" if day("2026-08-10") <= date <= day("2026-09-02") and (date.day + number) % 2 else "harbour-eu-1"


def events(gateway):
    """What went otherwise than the policy orders, by date."""
    log, trusted = gateway.log, gateway.trusted
    for date, minute in (("2026-07-06", 610), ("2026-07-07", 615), ("2026-07-09", 640)):   # a header sent claims to the trusted model
        log(day(date), minute, "claims-intake", "claims-front-line", "internal", "harbour-1", api_key_alias="key-claims-trusted")
    for date, minute in (("2026-07-08", 700), ("2026-07-09", 705)):                       # an old name of the rule, in no version
        log(day(date), minute, "claims-intake", "claims-old", "internal", "meadow-mini")
    for minute in (545, 552):                                                           # before the fallback took hold
        log(day("2026-07-20"), minute, "policy-search", "public-front-line", "public", "meadow-mini", outcome="error",
            trigger="error", tokens_out=0, cost_usd=0)
    log(day("2026-07-20"), 553, "policy-search", "public-front-line", "public", "orchard-8b", request_id="gw-0720-0552",
        escalated_from="meadow-mini", trigger="error")                                  # the same request, tried again
    for date, minute in (("2026-07-21", 660), ("2026-07-23", 662)):                       # the classifier was down as well
        log(day(date), minute, "claims-intake", "pii-to-trusted", "pii", "meadow-mini")
    for date, minute in (("2026-07-14", 690), ("2026-07-15", 695), ("2026-07-16", 700)):   # an agent that no rule knows
        log(day(date), minute, "quote-widget", None, "public", "meadow-mini")
    for date, minute in (("2026-09-22", 690), ("2026-09-23", 695)):                       # the same, once the last rule refuses it
        gateway.refused(day(date), minute, "quote-widget", "refuse-the-rest", "public")
    for date in SERVED_THOUGH_BLOCKED:
        log(date, 1090, "payments-agent", "block-payments", "internal", "meadow-mini", tools=["payments.execute"])
    trusted(day("2026-09-03"), 900, "claims-intake", "pii-to-trusted", "pii", "harbour-uk-2")
    for date, minute in (("2026-09-10", 800), ("2026-09-11", 802)):                       # the budget of harbour-1 was spent
        log(day(date), minute, "fraud-screening", "fraud-to-trusted", "confidential", "summit-2", escalated_from="harbour-1",
            trigger="budget")
    for date, minute in (("2026-09-15", 480), ("2026-09-15", 1020), ("2026-09-16", 485)):  # a preview under the old name
        log(day(date), minute, "policy-search", "public-front-line", "public", "meadow-next")
    for date, minute in (("2026-09-24", 560), ("2026-09-25", 565)):                       # the caller sent no class
        log(day(date), minute, "claims-intake", "claims-front-line", None, "meadow-mini")


HOLE = ("2026-09-19T13:00", "2026-09-21T07:00")     # the log shipper was down; the providers billed all the same


def lab(first, last):
    """Pricing's trial over OpenRouter: its records hold no data class."""
    date, records = first, []
    while date <= last:
        if date.weekday() in (0, 2, 4):
            name = f"gen-{date:%m%d}"
            tokens_in, tokens_out = 400 + pick(name, 700), 90 + pick(name + "out", 200)
            records.append({
                "id": name, "created_at": f"{date}T08:{pick(name + 'm', 60):02d}:10.120000+00:00", "model": "meadow/meadow-mini",
                "provider_name": "Meadow Cloud", "router": None, "preset_id": None, "provider_responses": None,
                "external_user": "pricing-lab", "finish_reason": "stop", "native_tokens_prompt": tokens_in,
                "native_tokens_completion": tokens_out, "total_cost": cost("meadow-mini", tokens_in, tokens_out),
                "latency": 900, "is_byok": False, "data_region": "europe"})
        date += DAY
    return records


def back_office(first, last):
    """The staff assistant over a LiteLLM proxy: one request a day, in its spend rows."""
    date, records = first, []
    while date <= last:
        name = f"chatcmpl-{date:%m%d}"
        private = date in (day("2026-07-17"), day("2026-09-08"))   # personal data, and a fallback that names no rule
        model = "harbour-1" if private else "meadow-mini"
        tokens_in, tokens_out = 350 + pick(name, 600), 100 + pick(name + "out", 250)
        minute = f"{pick(name + 'm', 60):02d}:{pick(name + 's', 60):02d}"
        metadata = {"user_api_key_alias": "key-backoffice-trusted" if private else "key-backoffice",
                    "attempted_fallbacks": 1 if private else None, "original_model_group": "meadow-mini" if private else None,
                    "routing_decision": None, "error_information": None}
        records.append({
            "request_id": name, "call_type": "acompletion", "spend": cost(model, tokens_in, tokens_out),
            "prompt_tokens": tokens_in, "completion_tokens": tokens_out, "startTime": f"{date}T12:{minute}.250000Z",
            "endTime": f"{date}T12:{minute}.990000Z", "model": MODELS[model][0] + "/" + model, "model_id": MODELS[model][1],
            "model_group": model, "custom_llm_provider": MODELS[model][0], "metadata": metadata,
            "request_tags": ["data:pii" if private else "data:internal"], "status": "success", "agent_id": "staff-assistant"})
        date += DAY
    return records


def when(record):
    return record.get("ts") or record.get("startTime") or record.get("created_at")


def billed_model(record):
    """The model that somebody charges for, by the words of the record's format; None where nobody answered."""
    if "ts" in record:
        return record["served_model"] if record["outcome"] == "success" else None
    return record["model"].split("/")[-1]


def bill(path, records):
    """What the providers charged, and the own data centre metered: each request once, by day and model."""
    counts, seen = {}, set()
    for record in records:
        model, name = billed_model(record), record.get("request_id") or record["id"]
        if model and (name, model) not in seen:
            seen.add((name, model))
            counts[when(record)[:10], model] = counts.get((when(record)[:10], model), 0) + 1
    write(path, ["date,model,requests"] + [f"{date},{model},{count}" for (date, model), count in sorted(counts.items())])


def write(path, lines):
    data = "".join(line + "\n" for line in lines).encode()
    if path.endswith(".gz"):
        data = gzip.compress(data, mtime=0)
    with open(os.path.join(HERE, path), "wb") as file:
        file.write(data)
    return hashlib.sha256(data).hexdigest()


def lines_of(records):
    return [json.dumps({key: value for key, value in record.items() if value is not None}, separators=(",", ":"))
            if "ts" in record else json.dumps(record, separators=(",", ":")) for record in sorted(records, key=when)]


def third_quarter():
    gateway, date = Gateway(), day("2026-07-01")
    while date <= day("2026-09-30"):
        gateway.ordinary(date)
        date += DAY
    events(gateway)
    others = {"backoffice": back_office(day("2026-07-01"), day("2026-09-30")), "lab": lab(day("2026-07-27"), day("2026-09-30"))}
    bill("billing.csv", gateway.records + others["backoffice"] + others["lab"])
    kept = lambda records: [record for record in records if not HOLE[0] <= when(record) < HOLE[1]]
    months = {}
    for line, record in zip(lines_of(kept(gateway.records)), sorted(kept(gateway.records), key=when)):
        months.setdefault(when(record)[5:7], []).append((record["ts"], line))
    july, august, september = ([line for _, line in months[month]] for month in ("07", "08", "09"))
    july[0:0] = ['{"ts":"2026-06-30T23:59:58.900Z","request_id":"gw-0630-1439","agent":"policy-search","data_class":"public",'
                 '"requested_model":"meadow-mini","served_model":"meadow-mini","deployment":"meadow-eu-1","rule_id":"public-front-line",'
                 '"outcome":"success","tokens_in":310,"tokens_out":90,"cost_usd":0.000268}']
    july[40] = july[40][:150]                                             # cut short
    july.insert(90, "gateway restarted, configuration reloaded")          # no JSON
    august.insert(60, august[59].replace('"outcome":"success"', '"outcome":"served"'))
    september.insert(30, "")                                              # a blank line
    september.insert(70, september[69].replace("2026-09-", "2026-09-31T", 1))
    september.insert(120, september[119].replace(f'"request_id":"{json.loads(september[119])["request_id"]}"', '"request_id":""'))
    september.append(july[0].replace("2026-06-30T23:59:58.900Z", "2026-10-01T00:00:01.200Z").replace("gw-0630-1439", "gw-1001-0000"))
    turn = next(index for index, line in enumerate(august) if '"ts":"2026-08-17' in line) + 5
    digests = [("gateway-2026-07.jsonl", july), ("gateway-2026-08-01.jsonl.gz", august[:turn]),
               ("gateway-2026-08-17.jsonl", august[turn - 9:]),            # rotated while it was read: nine lines stand in both
               ("gateway-2026-09.jsonl", september)]
    others = {name: kept(records) for name, records in others.items()}
    for month in ("07", "08", "09"):
        ending = ".jsonl" if month == "09" else ".jsonl.gz"
        digests.append((f"backoffice-2026-{month}{ending}", [line for line in lines_of(others["backoffice"]) if f'"startTime":"2026-{month}' in line]))
    digests.append(("lab-2026.jsonl", lines_of(others["lab"])))
    rows = []
    for name, lines in digests:
        digest = write("logs/" + name, lines)
        if not name.startswith("lab") and not name.endswith("09.jsonl"):  # the rest was never put away
            rows.append(f"{name},{digest},2026-{int(name.split('-')[2][:2]) + 1:02d}-01T00:30:00Z")
    write("registers/log-digests.csv", ["file,sha256,recorded_at"] + rows)


def second_quarter():
    """A calm quarter: one or two requests a day, and a retired model that two requests still reached."""
    gateway, date = Gateway(), day("2026-04-01")
    while date <= day("2026-06-30"):
        minute = 540 + pick(f"{date}q2", 120)
        kind = date.toordinal() % 4
        if kind == 0:
            gateway.log(date, minute, "claims-intake", "claims-front-line", "internal", "meadow-mini")
        elif kind == 1:
            gateway.trusted(date, minute, "claims-intake", "pii-to-trusted", "pii")
        elif kind == 2:
            gateway.log(date, minute, "policy-search", "public-front-line", "public", "meadow-mini")
        else:
            gateway.trusted(date, minute, "fraud-screening", "fraud-to-trusted", "confidential")
        if date.weekday() < 4:
            agent, rule = (("document-reader", "document-front-line"), ("claims-intake", "claims-front-line"))[date.day % 2]
            gateway.log(date, minute + 200, agent, rule, "internal", "meadow-mini")
        if date in (day("2026-06-04"), day("2026-06-09")):
            gateway.log(date, minute + 300, "policy-search", "public-front-line", "public", "meadow-classic",
                        requested_model="meadow-classic")
        date += DAY
    write("logs/q2/gateway-2026-q2.jsonl", lines_of(gateway.records))


if __name__ == "__main__":
    third_quarter()
    second_quarter()
