interface Identity {
  readonly description: string;
  readonly example: string;
}

/** What stands behind each noun of a path. */
const identities: Readonly<Record<string, Identity>> = {
  sms: { description: 'The id of the message.', example: '2a583efc-0c41-47b5-a1fe-885fc7ec2720' },
  modems: { description: "The modem's IMEI, or its port until that is known.", example: '356938035643809' },
  sims: {
    description: 'The ICCID of the SIM; its IMSI where that is hidden.',
    example: '8901260123456789012',
  },
  keys: { description: 'The id of the key.', example: 'k3Jd82hsLq0P' },
  batches: { description: 'The id of the batch.', example: '5b0f5a0e-3a0a-4f0a-9b1f-6d1c2f1f7a10' },
  passwords: { description: 'The role: `administrator` or `reader`.', example: 'reader' },
  lists: { description: 'The list: `blocked`, `allowed` or `opted-out`.', example: 'blocked' },
  '{list}': { description: 'The number as it stands on the list.', example: '+14155553000' },
  backups: { description: 'The name of the backup.', example: 'postern-20260608-133006.db' },
  webhooks: { description: 'The id of the webhook.', example: 'q7Lw2mTz9VbRk4Xd' },
  deliveries: { description: 'The id of the delivery.', example: 'Zt5bXk20aPq1Yw5c2mTq' },
};

/** The parameters in a path such as `/v1/sms/{message_id}`. */
export function pathParameters(path: string): object[] {
  const segments = path.split('/');
  return segments.flatMap((segment, index) => {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined) return [];
    const noun = segments[index - 1] ?? '';
    const { description, example } = identities[noun] ?? { description: `Which of ${noun}.`, example: 'abc' };
    return { name, in: 'path', required: true, description, schema: { type: 'string' }, example };
  });
}
