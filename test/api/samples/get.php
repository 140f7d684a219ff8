<?php
$messageId = '2a583efc-0c41-47b5-a1fe-885fc7ec2720';

$ch = curl_init("https://api.reachcell.com/v1/sms/{$messageId}");
curl_setopt_array($ch, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_HTTPHEADER     => ['Authorization: Bearer ak_your_api_key'],
]);
$body = json_decode(curl_exec($ch), true);
curl_close($ch);

echo $body['data']['status'];       // delivered
echo $body['data']['delivered_at']; // 2026-06-08T14:02:11Z
