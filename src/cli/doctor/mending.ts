import type { AccessOutcome } from '../../contract/port-access.ts';
import type { Diagnosis } from './diagnosis.ts';

/** What the doctor can do itself: give the ports of modems (`PortAccess.give`). */
type Giving = () => Promise<AccessOutcome>;

/** `postern doctor --fix`: does for a person what can be done, and says what came of it. */
export async function mend(
  diagnoses: readonly Diagnosis[],
  areRulesInForce: boolean,
  give: Giving,
): Promise<{ readonly words: string; readonly mended: boolean }> {
  if (areRulesInForce && !diagnoses.some(({ remedy }) => remedy?.rules))
    return {
      words: 'The udev rules for modems are in place; there is nothing to mend by them.',
      mended: true,
    };
  const { given, sentence, commands } = await give();
  const lines = commands.map((command) => command.replaceAll(/^/gm, '  '));
  const byHand = lines.length === 0 ? [] : ['Run these lines in a terminal:', ...lines];
  return { words: [sentence, ...byHand].join('\n'), mended: given };
}
