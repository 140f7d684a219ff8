<?php
$ch = curl_init('https://api.reachcell.com/v1/sms/send');
curl_setopt_array($ch, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_POST           => true,
    CURLOPT_HTTPHEADER     => [
        'Authorization: Bearer ak_your_api_key',
        'Content-Type: application/json',
    ],
    CURLOPT_POSTFIELDS => json_encode([
        'from' => '+14155552671',
        'to'   => '+14155553000',
        'body' => 'Your verification code is 482910',
    ]),
]);
$body = json_decode(curl_exec($ch), true);
curl_close($ch);

$messageId = $body['data']['message_id'];
$status    = $body['data']['status'];  // dispatched or queued
