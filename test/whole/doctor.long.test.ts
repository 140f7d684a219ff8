import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RunningGateway, removeDataDir, temporaryDataDir, tryCommand } from './running-gateway.ts';

let dataDir: string;
let gateway: RunningGateway | undefined;

beforeEach(async () => {
  dataDir = await temporaryDataDir();
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  await removeDataDir(dataDir);
});

describe('doctor', () => {
  test('beside a running gateway finds it, and disturbs nothing', async () => {
    gateway = await RunningGateway.start(['--emulate', '1'], { dataDir });
    await gateway.online('+15550100001');
    const { stdout, stderr } = await tryCommand(['doctor', '--data-dir', dataDir]);
    expect(stderr).toBe('');
    expect(stdout).toContain(`A gateway serves at ${gateway.url} (process ${gateway.process.pid}).`);
    expect(stdout).toContain('is sound.');
    const id = await gateway.send('+15550100001', '+15550177001', 'still here');
    await gateway.reaches(id, 'delivered');
  });

  test('ends with status 1 when something is wrong, and says what', async () => {
    const { status, stdout } = await tryCommand(['doctor', '--data-dir', '/proc/nowhere']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/PROBLEM {2}The data directory \/proc\/nowhere cannot be written/);
    expect(stdout).toMatch(/wrong\.\n$/);
  });

  test('reads the settings that the gateway is given', async () => {
    const { stdout, status, stderr } = await tryCommand(['doctor', '--config', '/nowhere/postern.json']);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/there is no such file/);
  });
});

test('ports lists what is plugged in, or says what to do', async () => {
  const { status, stdout } = await tryCommand(['ports']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^(?:DEVICE +PORT +USE +HELD BY\n|No serial port is plugged in)/);
});
