import { Command } from 'commander';
import { dataDirOption } from './data-dir.ts';
import { askGateway } from './local-gateway.ts';

interface SendOptions {
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly dataDir: string;
}

/** `postern send`: hands one text to the gateway that is running. */
export function sendCommand(): Command {
  return new Command('send')
    .description('send one text through the gateway that is running')
    .requiredOption('--from <number>', "one of the gateway's numbers")
    .requiredOption('--to <number>', 'who gets it, for example +14155553000')
    .requiredOption('--body <text>', 'what it says')
    .addOption(dataDirOption())
    .action(async ({ from, to, body, dataDir }: SendOptions) => {
      const accepted = (await askGateway(dataDir, 'POST', '/v1/sms/send', { from, to, body })) as Accepted;
      process.stdout.write(`${accepted.message_id} ${accepted.status}\n`);
    });
}

interface Accepted {
  readonly message_id: string;
  readonly status: string;
}
