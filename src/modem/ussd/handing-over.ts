import { action, type Command } from '../../gsm/at/commands.ts';
import { readCharacterSet, requestUssd } from '../../gsm/at/ussd.ts';
import { decodeUssdString, encodeUssdString, type UssdForm } from '../../gsm/ussd/string.ts';
import type { Run } from '../at-channel.ts';
import { ModemError } from '../modem-error.ts';
import { askingBy } from '../optional.ts';
import type { UssdPreference } from '../profiles/index.ts';
import { UssdError } from './ussd-error.ts';
import type { UssdWay } from './ussd-memory.ts';
import type { UssdWishes } from './wishes.ts';

/** The default alphabet in no language that was named, and UCS-2, TS 23.038 5. */
const codings: Readonly<Record<UssdForm, number>> = { text: 15, packed: 15, ucs2: 72 };
const longestString = 182;

const formOfWay: Readonly<Record<Exclude<UssdWay, 'automatic'>, UssdForm>> = {
  plain: 'text',
  packed: 'packed',
  ucs2: 'ucs2',
};

/** Finds out how a modem wants its USSD strings, and remembers it. */
export class UssdHandingOver {
  readonly #wishes: UssdWishes;
  /** Forms that the modem took and that led to nothing. */
  readonly #doubted = new Set<UssdForm>();
  #characterSet: string | undefined;
  #written: UssdForm | undefined;

  constructor(wishes: UssdWishes) {
    this.#wishes = wishes;
  }

  /**
   * Hands a text over in the form that a person has set, else as the modem takes it: each form by the order of its family,
   * what was answered before first, and at last the text without its coding, which some modems do not know. The character
   * set is asked for each time: it may have been changed, and decides what the digits mean.
   *
   * @throws UssdError `unwritable`, ModemError with the modem's own refusal
   */
  async run(run: Run, text: string): Promise<void> {
    const ask = askingBy(run);
    const mode = this.#mode();
    this.#characterSet = await ask(readCharacterSet);
    const isInMode = mode !== undefined && (await ask(taken(mode))) === true;
    let refusal: unknown = unwritable(text, this.#wishes.way());
    for (const { form, written, dcs } of this.#attempts(text, isInMode)) {
      refusal = await refusalOf(run(requestUssd(written, dcs)));
      if (refusal === undefined) {
        this.#written = form;
        return;
      }
      if (!mayMeanAnotherForm(refusal)) break;
    }
    throw refusal;
  }

  /** The text of an answer to what was handed over last. */
  read(written: string, dcs: number | undefined): string {
    return decodeUssdString(written, dcs, { characterSet: this.#characterSet, form: this.#written });
  }

  /** The network has understood what was handed over last. */
  trust(): void {
    this.#doubted.clear();
    if (this.#written && this.#wishes.way() === 'automatic') this.#wishes.prove(this.#written);
  }

  /**
   * The modem took what was handed over last, and nothing came of it: it may have misread that. Answers whether another form
   * is tried first from now on.
   */
  doubt(): boolean {
    const form = this.#written;
    if (!form || this.#wishes.way() !== 'automatic' || form === this.#wishes.proven()) return false;
    const isAgain = this.#doubted.has(form);
    this.#doubted.add(form);
    const isAnotherLeft = this.#wishes.preference().forms.some((other) => !this.#doubted.has(other));
    if (isAgain || !isAnotherLeft) this.#doubted.clear();
    return !isAgain && isAnotherLeft;
  }

  /** What makes the modem take the form that is wanted, where it has several modes. */
  #mode(): string | undefined {
    const { textMode, packedMode } = this.#wishes.preference();
    return this.#wishes.way() === 'packed' ? packedMode : textMode;
  }

  #attempts(text: string, isInMode: boolean) {
    const ways = this.#forms(isInMode).flatMap((form) => {
      const written = encodeUssdString(text, { characterSet: this.#characterSet, form });
      return written === undefined ? [] : [{ form, written, dcs: codings[form] as number | undefined }];
    });
    const bare = ways.filter(({ form }) => form === 'text').map((way) => ({ ...way, dcs: undefined }));
    return [...ways, ...bare];
  }

  #forms(isInTextMode: boolean): readonly UssdForm[] {
    const way = this.#wishes.way();
    if (way !== 'automatic') return [formOfWay[way]];
    const { forms }: UssdPreference = this.#wishes.preference();
    const proven = this.#wishes.proven();
    const all = new Set<UssdForm>([
      ...(proven ? [proven] : []),
      ...(isInTextMode ? (['text'] as const) : []),
      ...forms,
    ]);
    const isDoubted = (form: UssdForm) => this.#doubted.has(form);
    return [...[...all].filter((form) => !isDoubted(form)), ...[...all].filter(isDoubted)];
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

function unwritable(text: string, way: UssdWay): UssdError {
  const form = way === 'automatic' ? 'text' : formOfWay[way];
  const character = [...text].find((one) => encodeUssdString(one, { form }) === undefined);
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
