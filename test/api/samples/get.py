import requests

message_id = "2a583efc-0c41-47b5-a1fe-885fc7ec2720"
r = requests.get(
    f"https://api.reachcell.com/v1/sms/{message_id}",
    headers={"Authorization": "Bearer ak_your_api_key"},
)
msg = r.json()["data"]
print(msg["status"], msg["delivered_at"])
