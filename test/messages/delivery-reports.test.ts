import { describe, expect, it } from 'vitest';
import { until } from '../modem/eventually.ts';
import { friend, GatewayBench } from './gateway-bench.ts';

const other = '+15557000002';

/** A bench on a network whose phones report nothing: every report is the test's. */
async function quiet() {
  const ready = await GatewayBench.ready();
  for (const number of [friend, other, '12345']) ready.network.addPhone(number, { reports: [] });
  return ready;
}

async function sent(bench: GatewayBench, request: Parameters<GatewayBench['send']>[0] = {}) {
  const id = await bench.send(request);
  await bench.reaches(id, 'sent');
  return id;
}

const referencesOf = (bench: GatewayBench, id: string) =>
  bench.segmentsOf(id).map(({ reference }) => reference ?? -1);

describe('a report', () => {
  it.each([
    ['+15557654321', friend],
    ['5557654321', friend],
    ['15557654321', friend],
    ['05557654321', friend],
    ['12345', '12345'],
  ])('about %s finds the text to %s', async (to, recipient) => {
    const { bench } = await quiet();
    const id = await sent(bench, { to: recipient });
    bench.report({ to, reference: 1 });
    await bench.reaches(id, 'delivered', 1_000);
  });

  it.each([
    ['+15557654322', friend, 1],
    ['654321', friend, 1],
    [friend, friend, 2],
    ['2345', '12345', 1],
  ])(
    'about %s does not find the text to %s when number or reference (%i) differ',
    async (to, recipient, reference) => {
      const { bench } = await quiet();
      const id = await sent(bench, { to: recipient });
      bench.report({ to, reference });
      await bench.clock.advance(10_000);
      expect(bench.status(id)).toBe('sent');
    },
  );

  it('finds its text whatever the clock of the service centre says', async () => {
    const { bench, clock } = await quiet();
    const id = await sent(bench);
    bench.report({ reference: 1, sentAt: clock.now() - 6 * 3_600_000 });
    await bench.reaches(id, 'delivered', 1_000);
  });

  it('finds a text that the modem gave no number of its own by recipient and time, each text one', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.zeroReferences = true;
    const ids: string[] = [];
    for (const to of [friend, friend, other]) {
      ids.push(await sent(bench, { to }));
      await bench.clock.advance(10_000);
    }
    const [, second, third] = network.submissions.all;
    bench.report({ reference: 2, sentAt: second?.at ?? 0 });
    await bench.clock.advance(1_000);
    expect(ids.map((id) => bench.status(id))).toEqual(['sent', 'delivered', 'sent']);
    bench.report({ to: other, reference: 3, sentAt: third?.at ?? 0 });
    bench.report({ reference: 1, sentAt: second?.at ?? 0 });
    await bench.clock.advance(1_000);
    expect(ids.map((id) => bench.status(id))).toEqual(['delivered', 'delivered', 'delivered']);
  });

  it('about a text without a number does not prove that one which was refused after it has left', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.zeroReferences = true;
    const taken = await sent(bench);
    modem.faults.refusals = [{ command: '+CMGS', result: { kind: 'cms', code: 500 }, times: 1 }];
    const refused = await bench.send({ body: 'refused' });
    await bench.clock.advance(1_000);
    bench.report({ reference: 1 });
    await bench.reaches(taken, 'delivered', 1_000);
    await bench.reaches(refused, 'sent', 15_000);
    expect(network.submissions.all.map(({ text }) => text)).toEqual(['Hello', 'refused']);
  });

  it('about a text that the service centre had already does not prove that another has left', async () => {
    const { bench, modem, network } = await quiet();
    modem.faults.refusals = [197, 500].map((code) => ({
      command: '+CMGS',
      result: { kind: 'cms', code },
      times: 1,
    }));
    const taken = await sent(bench);
    const refused = await bench.send({ body: 'refused' });
    await bench.clock.advance(1_000);
    bench.report({ reference: 77 });
    await bench.reaches(taken, 'delivered', 1_000);
    await bench.reaches(refused, 'sent', 15_000);
    expect(network.submissions.all.map(({ text }) => text)).toEqual(['refused']);
  });

  it('about another time proves nothing of a text without a number', async () => {
    const { bench, modem, clock } = await quiet();
    modem.faults.zeroReferences = true;
    const id = await sent(bench);
    bench.report({ reference: 7, sentAt: clock.now() - 3_600_000 });
    await bench.clock.advance(1_000);
    expect(bench.status(id)).toBe('sent');
  });

  it('may come before the reference that it names', async () => {
    const { bench, modem } = await GatewayBench.ready();
    modem.faults.reportBeforeResult = true;
    const id = await bench.send();
    await bench.reaches(id, 'delivered', 1_000);
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
  });

  it('that came before, for another number, stays where it is', async () => {
    const { bench, modem } = await quiet();
    modem.faults.sendResultDelayMs = 5_000;
    const id = await bench.send();
    await bench.clock.advance(2_000);
    bench.report({ to: other, reference: 1 });
    await bench.reaches(id, 'sent');
    await bench.clock.advance(10_000);
    expect(bench.status(id)).toBe('sent');
  });

  it('that still waits from an earlier text with this reference is not taken for this one', async () => {
    const { bench, clock } = await quiet();
    bench.report({ reference: 1 });
    await clock.advance(60_000);
    const id = await sent(bench);
    await clock.advance(10_000);
    expect(bench.status(id)).toBe('sent');
  });

  it('that says "still trying" closes nothing; the one that says "delivered" does', async () => {
    const { bench } = await quiet();
    const id = await sent(bench);
    for (const status of [0x20, 0x22, 0x3f]) bench.report({ reference: 1, status });
    await bench.clock.advance(1_000);
    expect(bench.status(id)).toBe('sent');
    bench.report({ reference: 1 });
    await bench.reaches(id, 'delivered', 1_000);
    expect(bench.story(id).filter((entry) => entry === 'segment_reported 1')).toHaveLength(4);
  });

  it.each([
    ['41', 'recipient_unknown'],
    ['43', 'recipient_unknown'],
    ['46', 'expired'],
    ['40', 'network_rejected'],
    ['44', 'undeliverable'],
    ['62', 'recipient_unavailable'],
    ['70', 'undeliverable'],
  ])('that says 0x%s fails its text as %s', async (code, word) => {
    const { bench } = await quiet();
    const id = await sent(bench);
    bench.report({ reference: 1, status: Number.parseInt(code, 16) });
    const { failure_reason, sent_at } = await bench.reaches(id, `failed: ${word}`, 1_000);
    expect(failure_reason).toMatch(new RegExp(`^${word}: .+ \\(TP-ST 0x${code}\\)$`));
    expect(sent_at).not.toBeNull();
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.failed']);
  });

  it('that comes again, by the network or after a failed delete, changes nothing', async () => {
    const { bench, clock } = await quiet();
    const id = await sent(bench);
    const sentAt = clock.now();
    bench.report({ reference: 1, sentAt });
    bench.report({ reference: 1, sentAt });
    await clock.advance(3_000);
    bench.report({ reference: 1, sentAt });
    await clock.advance(3_000);
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
    expect(bench.story(id).filter((entry) => entry === 'segment_reported 1')).toHaveLength(1);
  });

  it('after the final one changes nothing, whatever it says', async () => {
    const { bench } = await quiet();
    const one = await sent(bench, { body: 'one' });
    bench.report({ reference: 1 });
    await bench.reaches(one, 'delivered', 1_000);
    bench.report({ reference: 1, status: 0x46 });
    const two = await sent(bench, { body: 'two' });
    bench.report({ reference: 2, status: 0x46 });
    await bench.reaches(two, 'failed: expired', 1_000);
    bench.report({ reference: 2 });
    await bench.clock.advance(5_000);
    expect([bench.status(one), bench.status(two)]).toEqual(['delivered', 'failed: expired']);
  });

  it('comes to its text after a restart, and to that of its SIM only', async () => {
    const { bench } = await quiet();
    const id = await sent(bench);
    await bench.crash();
    bench.table.serve('/dev/ttyUSB0');
    await bench.table.reaches('/dev/ttyUSB0', 'ready');
    bench.reports.take({
      simId: bench.table.sims.findOrCreate({ iccid: '8900100000000000001', imsi: undefined, modemId: 'x' }, 0)
        .simId,
      reference: 1,
      recipient: friend,
      serviceCentreAt: bench.clock.now(),
      dischargedAt: bench.clock.now(),
      status: 0,
      pdu: '00',
      receivedAt: bench.clock.now(),
    });
    expect(bench.status(id)).toBe('sent');
    bench.report({ reference: 1 });
    await bench.reaches(id, 'delivered', 1_000);
  });

  it('that never comes leaves the text sent: no report proves nothing', async () => {
    const { bench } = await quiet();
    const id = await sent(bench, { validity_seconds: 300 });
    await bench.clock.advance(2 * 3_600_000);
    expect(bench.status(id)).toBe('sent');
  });
});

describe('references that come round', () => {
  it('find, of two open texts to one person, the one that the service centre dates', async () => {
    const { bench, clock, modem } = await quiet();
    const sentAt = clock.now();
    const old = await sent(bench, { body: 'old' });
    for (let reference = 2; reference <= 256; reference++) modem.sim?.takeReference();
    await clock.advance(3_600_000);
    const young = await sent(bench, { body: 'young' });
    expect([...referencesOf(bench, old), ...referencesOf(bench, young)]).toEqual([1, 1]);
    bench.report({ reference: 1, sentAt });
    await bench.reaches(old, 'delivered', 1_000);
    expect(bench.status(young)).toBe('sent');
    bench.report({ reference: 1, sentAt: clock.now() - 1_000 });
    await bench.reaches(young, 'delivered', 1_000);
  });

  it('find the newest where the service centre has no usable clock', async () => {
    const { bench, clock, modem } = await quiet();
    const old = await sent(bench, { body: 'old' });
    for (let reference = 2; reference <= 256; reference++) modem.sim?.takeReference();
    await clock.advance(3_600_000);
    const young = await sent(bench, { body: 'young' });
    bench.report({ reference: 1, sentAt: Date.UTC(2004, 0, 1) });
    await bench.reaches(young, 'delivered', 1_000);
    expect(bench.status(old)).toBe('sent');
  });

  it('go from 255 to 0', async () => {
    const { bench, modem } = await quiet();
    for (let reference = 1; reference <= 254; reference++) modem.sim?.takeReference();
    const one = await sent(bench, { body: 'one' });
    const two = await sent(bench, { body: 'two' });
    expect([...referencesOf(bench, one), ...referencesOf(bench, two)]).toEqual([255, 0]);
    bench.report({ reference: 0 });
    await bench.reaches(two, 'delivered', 1_000);
    bench.report({ reference: 255 });
    await bench.reaches(one, 'delivered', 1_000);
  });
});

describe('a long text', () => {
  it('is delivered with the last of its reports, in whatever order they come', async () => {
    const { bench, clock } = await quiet();
    const id = await sent(bench, { body: 'x'.repeat(400) });
    const [one = -1, two = -1, three = -1] = referencesOf(bench, id);
    for (const reference of [three, one]) bench.report({ reference });
    await clock.advance(60_000);
    expect(bench.status(id)).toBe('sent');
    bench.report({ reference: two });
    const { delivered_at } = await bench.reaches(id, 'delivered', 1_000);
    expect(Date.parse(delivered_at ?? '')).toBe(Math.floor(clock.now() / 1_000) * 1_000);
  });

  it('is delivered though reports of its first parts came before its last part left', async () => {
    const { bench } = await GatewayBench.ready({ latencyMs: 5_000, reportDelayMs: 1_000 });
    const id = await bench.send({ body: 'x'.repeat(400) });
    await until(bench.clock, 'a report', () => bench.segmentsOf(id)[0]?.state === 'delivered');
    expect(bench.status(id)).toBe('dispatched');
    await bench.reaches(id, 'delivered');
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.delivered']);
  });

  it('of which one part cannot be delivered is failed, and says which', async () => {
    const { bench } = await quiet();
    const id = await sent(bench, { body: 'x'.repeat(400) });
    const [one = -1, two = -1, three = -1] = referencesOf(bench, id);
    bench.report({ reference: one });
    bench.report({ reference: two, status: 0x46 });
    const { failure_reason } = await bench.reaches(id, 'failed: expired', 1_000);
    expect(failure_reason).toMatch(/^expired: part 2 of 3: /);
    bench.report({ reference: three });
    await bench.clock.advance(1_000);
    expect(bench.status(id)).toBe('failed: expired');
    expect(bench.toldOf(id)).toEqual(['sms.sent', 'sms.failed']);
  });

  it('of which one part failed before its last part left sends no more of it', async () => {
    const { bench, network } = await GatewayBench.ready({ latencyMs: 5_000 });
    network.addPhone(friend, { reports: [] });
    const id = await bench.send({ body: 'x'.repeat(600) });
    await until(bench.clock, 'the second in hand', () => bench.segmentsOf(id)[1]?.state === 'submitting');
    bench.report({ reference: referencesOf(bench, id)[0] ?? -1, status: 0x41 });
    await bench.reaches(id, 'failed: recipient_unknown', 1_000);
    await bench.clock.advance(3_600_000);
    expect(network.submissions.count).toBe(2);
  });
});
