import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import type { Gateway } from '../gateway.ts';
import { readKeyFile, SecretBox } from '../store/secret-box.ts';
import { withDatabase } from './data-dir.ts';
import { writeHistory } from './demo/history.ts';
import { office, officePin } from './demo/office.ts';
import { Traffic } from './demo/traffic.ts';
import { askGateway } from './local-gateway.ts';
import { serve } from './serve.ts';

/** `postern demo`: a gateway on a throw-away data directory, as an office has it that has been at work for days. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('try it out: a gateway with emulated modems, thrown away afterwards')
    .option('--port <port>', 'the port to listen on; 0 takes a free one')
    .action(async ({ port }: { port?: string }) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'postern-demo-'));
      let traffic: Traffic | undefined;
      try {
        withDatabase(dataDir, (database) =>
          writeHistory(database, new SecretBox(readKeyFile(dataDir)), systemClock.now()),
        );
        await serve(
          demoConfig(dataDir, port),
          (gateway, { url }) => {
            if (traffic) traffic.stop();
            else introduce(gateway, url);
            traffic = trafficOf(gateway, dataDir);
            traffic?.start();
          },
          { stations: office },
        );
      } finally {
        traffic?.stop();
        rmSync(dataDir, { recursive: true, force: true });
      }
    });
}

function demoConfig(dataDir: string, port: string | undefined): Config {
  const flags = {
    dataDir,
    port,
    emulate: office.length,
    discovery: false,
    modems: [],
    logLevel: process.env.POSTERN_LOG_LEVEL ?? 'warn',
  };
  return readConfig(flags, process.env);
}

function trafficOf({ emulation }: Gateway, dataDir: string): Traffic | undefined {
  if (!emulation) return undefined;
  return new Traffic({
    clock: systemClock,
    emulation,
    send: (text) => askGateway(dataDir, 'POST', '/v1/sms/send', text),
    onError: (error) => process.stderr.write(`error: ${error.message}\n`),
  });
}

/** Makes a key and shows how to use it. */
function introduce(gateway: Gateway, url: string): void {
  const [alerts] = gateway.emulation?.modems.map(({ number }) => number) ?? [];
  const answering = gateway.emulation?.phones.find(({ behaviour }) => behaviour === 'auto-reply')?.number;
  if (!alerts || !answering) return;
  const key = gateway.makeKey('demo');
  process.stderr.write(`
Four emulated modems are plugged in. The one at the front desk asks for its PIN, which is ${officePin}; the one in the
warehouse hears the network badly. Texts come and go by themselves. Anything below can be tried against them.
API key: ${key}

curl ${url}/v1/sms/send -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '{"from":"${alerts}","to":"${answering}","body":"Hello from Postern"}'

curl -H 'Authorization: Bearer ${key}' ${url}/v1/sms

Stop with Ctrl-C; nothing is kept.
`);
}
