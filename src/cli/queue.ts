import { Command } from 'commander';
import { queueState } from '../contract/queue.ts';
import { dataDirOption } from './data-dir.ts';
import { askGateway } from './local-gateway.ts';

const decisions = {
  release: 'let the texts of a restored backup leave',
  discard: 'fail the texts of a restored backup',
  'believe-clock': 'say that the clock of this machine is right',
} as const;

/** `postern queue [decision]`: what keeps texts from leaving until a person has decided, and deciding it. */
export function queueCommand(): Command {
  const words = Object.entries(decisions).map(([word, does]) => `"${word}": ${does}`);
  return new Command('queue')
    .description('show what keeps texts from leaving until you decide, or decide it')
    .argument('[decision]', words.join('; '))
    .addOption(dataDirOption())
    .action(async (decision: string | undefined, { dataDir }: { dataDir: string }) => {
      if (decision !== undefined && !Object.hasOwn(decisions, decision))
        throw new Error(`"${decision}" is none of ${Object.keys(decisions).join(', ')}.`);
      const answer =
        decision === undefined
          ? await askGateway(dataDir, 'GET', '/v1/queue')
          : await askGateway(dataDir, 'POST', `/v1/queue/${decision}`);
      const { held, clock } = queueState.parse(answer);
      const sentences = [held?.message, clock?.message].filter((sentence) => sentence !== undefined);
      process.stdout.write(`${sentences.join('\n') || 'Nothing is held, and the clock is believed.'}\n`);
    });
}
