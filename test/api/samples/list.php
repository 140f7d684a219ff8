<?php
$ch = curl_init(
    'https://api.reachcell.com/v1/sms?direction=inbound&per_page=50'
);
curl_setopt_array($ch, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_HTTPHEADER     => ['Authorization: Bearer ak_your_api_key'],
]);
$body = json_decode(curl_exec($ch), true);
curl_close($ch);

foreach ($body['data'] as $msg) {
    echo $msg['from'] . ': ' . substr($msg['body'], 0, 60) . "\n";
}
echo "Total: " . $body['meta']['total'];
