import { expect, onTestFinished, test } from 'vitest';
import type { OwnNumber } from '../../src/contract/modem.ts';
import { numbers, World } from './model/world.ts';

test('a machine that slept and told nobody of it has its modems asked at once', async () => {
  const world = await World.begin();
  onTestFinished(() => world.end());
  const online = async () => {
    const { data } = await world.gateway.request('GET', '/v1/numbers');
    return (data as OwnNumber[]).filter((own) => own.online).map(({ number }) => number);
  };
  world.strike(0, 'hang');
  world.clock.shift(8 * 3_600_000);
  await world.pass(6_000);
  expect(await online()).toEqual([numbers[1]]);
});
