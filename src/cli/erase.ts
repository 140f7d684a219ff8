import { Command } from 'commander';
import type { Erasure } from '../contract/erasure.ts';
import { dataDirOption } from './data-dir.ts';
import { askGateway } from './local-gateway.ts';

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** `postern erase`: has the gateway that is running forget one message, or one person. */
export function eraseCommand(): Command {
  return new Command('erase')
    .description('erase one message, or every text to and from one number')
    .argument('<what>', 'the id of a message, or a number such as +14155553000')
    .addOption(dataDirOption())
    .action(async (what: string, { dataDir }: { dataDir: string }) => {
      const sentences = uuid.test(what)
        ? await eraseMessage(dataDir, what)
        : await erasePerson(dataDir, what);
      process.stdout.write(`${sentences.join('\n')}\n`);
    });
}

async function eraseMessage(dataDir: string, id: string): Promise<string[]> {
  await askGateway(dataDir, 'DELETE', `/v1/sms/${id}`);
  return [`The message ${id} is erased.`];
}

async function erasePerson(dataDir: string, number: string): Promise<string[]> {
  const erased = (await askGateway(dataDir, 'POST', '/v1/erasures', { number })) as Erasure;
  const { messages, cancelled, not_final: left, lists } = erased;
  return [
    `${messagesOf(messages, number)}${cancelled > 0 ? `, ${cancelledFirst(messages, cancelled)}` : ''}.`,
    ...(left > 0 ? [`${onTheirWay(left)} and cannot be erased yet: run this again later.`] : []),
    ...lists.map((list) => `The number still stands on the list "${list}".`),
  ];
}

function messagesOf(count: number, number: string): string {
  return count === 1
    ? `1 message to or from ${number} is erased`
    : `${count} messages to and from ${number} are erased`;
}

function cancelledFirst(count: number, cancelled: number): string {
  if (count === 1) return 'which was cancelled first';
  return cancelled === 1 ? '1 of them was cancelled first' : `${cancelled} of them were cancelled first`;
}

const onTheirWay = (count: number) => (count === 1 ? '1 is on its way' : `${count} are on their way`);
