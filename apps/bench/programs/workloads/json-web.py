"""The same work as json-web.mjs, a tenth of its requests."""
import json

REQUESTS = 500


def dump(value):
    return json.dumps(value, separators=(",", ":"))


def handle(path, text):
    routes = {"/orders/summary": summarize}
    headers = {"content-type": "application/json", "content-length": str(len(text))}
    request = {"path": path, "headers": headers, "body": json.loads(text)}
    return respond(200, routes[path](request))


def summarize(request):
    body = request["body"]
    items = [{**item, "total": item["price"] * item["quantity"]} for item in body["items"] if item["quantity"] > 0]
    groups = {}
    for item in items:
        group = groups.setdefault(item["category"], {"count": 0, "total": 0, "names": []})
        group["count"] += item["quantity"]
        group["total"] += item["total"]
        group["names"].append(item["name"].upper())
    rows = [
        {
            "category": category,
            "count": group["count"],
            "total": group["total"],
            "label": f"{category}: {', '.join(group['names'][:3])}",
        }
        for category, group in groups.items()
    ]
    rows.sort(key=lambda row: (-row["total"], row["category"]))
    return {"user": body["user"], "rows": rows}


def respond(status, value):
    text = dump(value)
    headers = [f"content-length: {len(text)}", "content-type: application/json"]
    return f"HTTP/1.1 {status} OK\r\n" + "\r\n".join(headers) + "\r\n\r\n" + text


def body(number):
    items = [
        {
            "name": f"item {index} of {number}",
            "category": f"category {(index * 7 + number) % 11}",
            "price": (index * 13 + number) % 101,
            "quantity": (index + number) % 5,
        }
        for index in range(100)
    ]
    return dump({"user": f"user {number % 1_000}", "items": items})


checksum = sum(len(handle("/orders/summary", body(number))) for number in range(REQUESTS))
print(checksum)
