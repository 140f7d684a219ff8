import { action, type Command } from '../../gsm/at/commands.ts';
import { readCharacterSet, requestUssd } from '../../gsm/at/ussd.ts';
import { decodeUssdString, encodeUssdString, type UssdForm } from '../../gsm/ussd/string.ts';
import type { Run } from '../at-channel.ts';
import { ModemError } from '../modem-error.ts';
import { askingBy } from '../optional.ts';
import type { UssdPreference } from '../profiles/index.ts';
import { UssdError } from './ussd-error.ts';

/** The default alphabet in no language that was named, TS 23.038 5. */
const coding = 15;
const longestString = 182;

/** The form that a modem took last. */
export interface TakenForm {
  get(): UssdForm | undefined;
  set(form: UssdForm): void;
}

/** Finds out how a modem wants its USSD strings, and remembers it. */
export class UssdHandingOver {
  readonly #taken: TakenForm;
  #characterSet: string | undefined;

  constructor(taken: TakenForm) {
    this.#taken = taken;
  }

  /**
   * Hands a text over as the modem takes it: each form by the order of its family, what it took before first, and at
   * last the text without its coding, which some modems do not know. The character set is asked for each time: it
   * may have been changed, and decides what the digits mean.
   *
   * @throws UssdError `unwritable`, ModemError with the modem's own refusal
   */
  async run(run: Run, text: string, { forms, textMode }: UssdPreference): Promise<void> {
    const ask = askingBy(run);
    this.#characterSet = await ask(readCharacterSet);
    const asText = textMode !== undefined && (await ask(taken(textMode))) === true;
    let refusal: unknown = unwritable(text);
    for (const { form, written, dcs } of this.#attempts(text, asText ? ['text', ...forms] : forms)) {
      refusal = await refusalOf(run(requestUssd(written, dcs)));
      if (refusal === undefined) {
        return this.#taken.set(form);
      }
      if (!mayMeanAnotherForm(refusal)) break;
    }
    throw refusal;
  }

  /** The text of an answer to what was handed over last. */
  read(written: string, dcs: number | undefined): string {
    return decodeUssdString(written, dcs, { characterSet: this.#characterSet, form: this.#taken.get() });
  }

  #attempts(text: string, preferred: readonly UssdForm[]) {
    const taken = this.#taken.get();
    const forms = new Set([...(taken ? [taken] : []), ...preferred]);
    const ways = [...forms].flatMap((form) => {
      const written = encodeUssdString(text, { characterSet: this.#characterSet, form });
      return written === undefined ? [] : [{ form, written, dcs: coding as number | undefined }];
    });
    const bare = ways.filter(({ form }) => form === 'text').map((way) => ({ ...way, dcs: undefined }));
    return [...ways, ...bare];
  }
}

/** Refuses what no USSD string can be. Throws a `UssdError`. */
export function checkUssdText(text: string): void {
  if (text === '') throw new UssdError('unwritable', 'The code is empty. Give one such as *100#.');
  if (text.length <= longestString) return;
  throw new UssdError(
    'unwritable',
    `The code is ${text.length} characters long; USSD takes ${longestString}.`,
  );
}

function unwritable(text: string): UssdError {
  const character = [...text].find((one) => encodeUssdString(one, { form: 'text' }) === undefined);
  const what = character ? `holds ${JSON.stringify(character)}, which` : 'holds characters that';
  return new UssdError('unwritable', `The code ${what} cannot be sent by USSD.`);
}

const taken = (text: string): Command<boolean> => ({ ...action(text), parse: () => true });

/** +CME ERROR numbers that modems give for a string that they cannot read, TS 27.007 9.2. */
const formCodes = new Set([3, 4, 24, 25, 26, 27, 50, 100]);

function mayMeanAnotherForm(error: unknown): boolean {
  if (!(error instanceof ModemError) || error.code !== 'refused') return false;
  const code = error.refusal?.code;
  return code === undefined || formCodes.has(code);
}

async function refusalOf(attempt: Promise<void>): Promise<unknown> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    return error;
  }
}
