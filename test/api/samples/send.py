import requests

r = requests.post(
    "https://api.reachcell.com/v1/sms/send",
    headers={
        "Authorization": "Bearer ak_your_api_key",
        "Content-Type":  "application/json",
    },
    json={
        "from": "+14155552671",
        "to":   "+14155553000",
        "body": "Your verification code is 482910",
    },
)
msg = r.json()["data"]
print(msg["message_id"], msg["status"])
