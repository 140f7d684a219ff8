import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { type Config, readConfig } from '../config.ts';
import type { Gateway } from '../gateway.ts';
import { askGateway } from './local-gateway.ts';
import { serve } from './serve.ts';

const demoModems = 2;

/** `postern demo`: a gateway on a throw-away data directory with emulated modems that text each other. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('try it out: a gateway with emulated modems, thrown away afterwards')
    .option('--port <port>', 'the port to listen on; 0 takes a free one')
    .action(async ({ port }: { port?: string }) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'postern-demo-'));
      try {
        await serve(demoConfig(dataDir, port), (gateway, { url }) => {
          introduce(gateway, url, dataDir).catch((error: Error) =>
            process.stderr.write(`error: ${error.message}\n`),
          );
        });
      } finally {
        rmSync(dataDir, { recursive: true, force: true });
      }
    });
}

function demoConfig(dataDir: string, port: string | undefined): Config {
  const flags = {
    dataDir,
    port,
    emulate: demoModems,
    discovery: false,
    modems: [],
    logLevel: process.env.POSTERN_LOG_LEVEL ?? 'warn',
  };
  return readConfig(flags, process.env);
}

/** Makes a key, shows how to use it, and lets the two modems and a telephone exchange a few texts. */
async function introduce(gateway: Gateway, url: string, dataDir: string): Promise<void> {
  const [alice, bob] = gateway.emulation?.modems.map(({ number }) => number) ?? [];
  const answering = gateway.emulation?.phones.find(({ behaviour }) => behaviour === 'auto-reply')?.number;
  if (!alice || !bob || !answering) return;
  const key = gateway.makeKey('demo');
  process.stderr.write(`
Two emulated modems are plugged in: ${alice} and ${bob}. Anything below can be tried against them.
API key: ${key}

curl ${url}/v1/sms/send -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' \\
  -d '{"from":"${alice}","to":"${answering}","body":"Hello from Postern"}'

curl -H 'Authorization: Bearer ${key}' ${url}/v1/sms

Stop with Ctrl-C; nothing is kept.
`);
  const texts = [
    [alice, bob, 'The kettle is on. Are you coming down?'],
    [bob, alice, 'In five minutes ☕'],
    [alice, answering, 'Please confirm your appointment for Thursday, 10:30.'],
    [
      bob,
      '+15550199004',
      'A longer text is cut into parts, sent one after another and put together again on the other side; Postern counts them, asks for a report on each, and says "delivered" only when every one of them is.',
    ],
  ] as const;
  for (const [from, to, body] of texts) await askGateway(dataDir, 'POST', '/v1/sms/send', { from, to, body });
}
