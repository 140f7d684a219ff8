import { Command } from 'commander';
import type { ModemView } from '../../contract/modem.ts';
import type { UssdAnswer, UssdRequest } from '../../contract/modem-actions.ts';
import { dataDirOption } from '../data-dir.ts';
import { askPlainly } from '../secret-input.ts';
import { askModem, findModem } from './find-modem.ts';

interface UssdOptions {
  readonly dataDir: string;
  readonly answer?: readonly string[];
}

/** `postern modem <id> ussd <code>`: asks the network, and answers what it asks back. */
export function ussdAction(id: string): Command {
  return new Command('ussd')
    .description('ask the network by a code, for example for the balance')
    .argument('<code>', 'for example "*100#"; the operator tells its codes')
    .option(
      '--answer <text>',
      "an answer to the network's question; may be repeated",
      (text: string, texts: readonly string[] = []) => [...texts, text],
    )
    .addOption(dataDirOption())
    .action(async (code: string, options: UssdOptions) => run(id, code, options));
}

async function run(id: string, code: string, { dataDir, answer = [] }: UssdOptions): Promise<void> {
  const modem = await findModem(dataDir, id);
  const answers = [...answer];
  let reply = await ask(dataDir, modem, { code });
  while (reply.state === 'question') {
    const next = answers.shift() ?? (await askPlainly('Answer (empty ends it): '));
    reply = await ask(dataDir, modem, next ? { answer: next } : { cancel: true });
  }
}

async function ask(dataDir: string, modem: ModemView, request: UssdRequest): Promise<UssdAnswer> {
  const reply = (await askModem(dataDir, modem, 'POST', '/ussd', request)) as UssdAnswer;
  if (reply.text !== '') process.stdout.write(`${reply.text.replace(/[^\P{C}\n]/gu, '\u{FFFD}')}\n`);
  return reply;
}
