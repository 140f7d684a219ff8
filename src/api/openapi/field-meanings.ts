import { batchMeanings } from './meanings/batch.ts';
import { keyMeanings } from './meanings/key.ts';
import { listMeanings } from './meanings/list.ts';
import { messageMeanings, messageTypes } from './meanings/message.ts';
import { simMeanings } from './meanings/sim.ts';
import { storyMeanings } from './meanings/story.ts';
import { webhookMeanings } from './meanings/webhook.ts';

/** By the id of a schema, what each of its fields means. */
export const fieldMeanings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ...messageMeanings,
  ...storyMeanings,
  ...batchMeanings,
  ...webhookMeanings,
  ...keyMeanings,
  ...simMeanings,
  ...listMeanings,
};

/** By the id of a schema, what its values mean. */
export const typeMeanings: Readonly<Record<string, string>> = messageTypes;
