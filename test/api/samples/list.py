import requests

r = requests.get(
    "https://api.reachcell.com/v1/sms",
    headers={"Authorization": "Bearer ak_your_api_key"},
    params={"direction": "inbound", "per_page": 50},
)
result   = r.json()
messages = result["data"]
meta     = result["meta"]
print(f"{meta['total']} total, page {meta['page']}/{meta['total_pages']}")
for msg in messages:
    print(msg["from"], "→", msg["body"][:60])
