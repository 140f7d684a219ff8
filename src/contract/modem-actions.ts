import { z } from 'zod';

/** `POST /v1/modems/{id}/at`: one command line, and how long its answer may take. */
export const atRequest = z
  .strictObject({
    command: z.string(),
    timeout_seconds: z.int().min(1).max(180).default(10),
    /** Runs what is refused because it would disturb the modem or Postern; what is refused for good stays refused. */
    force: z.boolean().default(false),
  })
  .meta({ id: 'AtRequest' });
export type AtRequest = z.infer<typeof atRequest>;

/** What the modem said. `result` is its final result as it came, null where none came in time. */
export const atAnswer = z
  .object({
    lines: z.array(z.string()),
    result: z.string().nullable(),
    ok: z.boolean(),
    elapsed_ms: z.int(),
    /** It asked for a text and was left with ESC. */
    prompted: z.boolean(),
  })
  .meta({ id: 'AtAnswer' });
export type AtAnswer = z.infer<typeof atAnswer>;

const ussdText = z.string().min(1, 'must not be empty').max(182, 'must be at most 182 characters');

/** `POST /v1/modems/{id}/ussd`: a code to begin with, an answer to the network's question, or the end of the dialogue. */
export const ussdRequest = z
  .strictObject({
    code: ussdText.optional(),
    answer: ussdText.optional(),
    cancel: z.literal(true).optional(),
  })
  .refine(
    ({ code, answer, cancel }) => [code, answer, cancel].filter((part) => part !== undefined).length === 1,
    {
      path: ['code'],
      message: 'is what a dialogue begins with; give it, or answer, or cancel, and only one of them',
    },
  )
  .meta({ id: 'UssdRequest' });
export type UssdRequest = z.infer<typeof ussdRequest>;

/** The network's word: `question` waits for an answer for a minute, `done`, `ended` and `cancelled` are the last. */
export const ussdAnswer = z
  .object({ state: z.enum(['done', 'question', 'ended', 'cancelled']), text: z.string() })
  .meta({ id: 'UssdAnswer' });
export type UssdAnswer = z.infer<typeof ussdAnswer>;

const pin = z.string().regex(/^\d{4,8}$/, 'must be 4 to 8 digits');
const puk = z.string().regex(/^\d{8}$/, 'must be 8 digits');

/** `POST /v1/modems/{id}/pin`: what is done to the lock of the SIM. A PIN that is right is kept for the SIM. */
export const pinRequest = z
  .discriminatedUnion(
    'action',
    [
      z.strictObject({ action: z.literal('enter'), pin }),
      z.strictObject({ action: z.literal('unblock'), puk, new_pin: pin }),
      z.strictObject({ action: z.literal('change'), pin, new_pin: pin }),
      /** Whether the SIM asks for its PIN at every start. */
      z.strictObject({ action: z.literal('query'), on: z.boolean(), pin }),
    ],
    { error: 'must be one of enter, unblock, change, query' },
  )
  .meta({ id: 'PinRequest' });
export type PinRequest = z.infer<typeof pinRequest>;

const count = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be between ${least} and ${most}`);

/** What `GET /v1/modems/{id}/at-log` can be asked for: lines after one, oldest first, or else the newest. */
export const atLogQuery = z
  .object({
    after: count(0, Number.MAX_SAFE_INTEGER).optional(),
    limit: count(1, 2_000).default(200),
    /** With `after`: how long the answer may wait for a line where there is none yet. */
    wait_seconds: count(0, 25).default(0),
    bodies: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  })
  .meta({ id: 'AtLogQuery' });
export type AtLogQuery = z.infer<typeof atLogQuery>;

/** One line between the gateway and a modem; `port` lines tell of the port itself. `at` has milliseconds. */
export const atLogLine = z
  .object({
    seq: z.int(),
    at: z.iso.datetime({ precision: 3 }),
    port: z.string(),
    direction: z.enum(['out', 'in', 'port']),
    text: z.string(),
  })
  .meta({ id: 'AtLogLine' });
export type AtLogLine = z.infer<typeof atLogLine>;

/** `last_seq` is what to ask on after; it is the `after` of the question where nothing came since. */
export const atLog = z
  .object({ modem_id: z.string(), lines: z.array(atLogLine), last_seq: z.int() })
  .meta({ id: 'AtLog' });
export type AtLogView = z.infer<typeof atLog>;
