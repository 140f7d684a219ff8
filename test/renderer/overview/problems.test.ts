import { expect, it } from 'vitest';
import { problemsOf } from '../../../renderer/overview/problems.ts';
import { english } from '../../../renderer/texts/en.ts';
import { problemWords } from '../../../src/contract/modem.ts';
import { aModem } from '../samples.ts';

it('has a sentence and a remedy for every problem that a modem can have', () => {
  const missing = problemWords.filter(
    (word) => !(`problem.${word}` in english) || !(`remedy.${word}` in english),
  );
  expect(missing).toEqual([]);
});

it('says what is wrong where, what to do, and what the gateway says of it', () => {
  const problem = { code: 'no_answer', message: 'AT was not answered in 3 s.' } as const;
  expect(problemsOf([aModem({ label: 'Front desk', state: 'recovering', problem })])).toMatchObject([
    { locked: false, title: 'Front desk stopped answering.', detail: 'AT was not answered in 3 s.' },
  ]);
});

it('gives the control that helps instead of a line for a terminal', () => {
  const message = 'The SIM needs its PIN. Enter it: postern modem 1 pin. 3 tries left.';
  const problem = { code: 'pin_needed', message, tries_left: 3 } as const;
  const [found] = problemsOf([aModem({ state: 'locked', problem })]);
  expect(found).toMatchObject({ locked: true, tool: 'pin' });
  expect(found?.remedy).toMatch(/ 3 tries are left\.$/);
  expect([found?.detail, found?.command]).toEqual([undefined, undefined]);
});

it.each([
  ['number_missing', 'number'],
  ['smsc_missing', 'settings'],
  ['port_released', 'enable'],
  ['no_sim', undefined],
] as const)('against %s there is %s', (code, tool) => {
  expect(problemsOf([aModem({ problem: { code, message: 'x' } })])[0]?.tool).toBe(tool);
});

it('offers to put the rules in place where those help', () => {
  const remedy = { commands: ['sudo usermod -aG dialout anna'] };
  const toolFor = (rules?: boolean) =>
    problemsOf([
      aModem({
        problem: { code: 'port_forbidden', message: 'x', remedy: { ...remedy, ...(rules && { rules }) } },
      }),
    ])[0];
  expect(toolFor(true)).toMatchObject({ tool: 'access', command: 'sudo usermod -aG dialout anna' });
  expect(toolFor()?.tool).toBeUndefined();
});

it('shows the lines that help, with the file that they need', () => {
  const remedy = {
    commands: ['sudo udevadm control --reload'],
    file: { path: '/etc/x.rules', content: 'A="1"\n' },
  };
  const problem = { code: 'port_busy', message: 'x', remedy } as const;
  const [found] = problemsOf([aModem({ state: 'attention', problem })]);
  expect(found?.command).toBe('sudo tee /etc/x.rules <<\'END\'\nA="1"\nEND\nsudo udevadm control --reload');
});

it('puts what stops a modem before what only hinders one', () => {
  const weak = aModem({ id: '1', label: 'Warehouse', signal_dbm: -107 });
  const absent = aModem({
    id: '2',
    state: 'absent',
    signal_dbm: null,
    problem: { code: 'port_absent', message: 'x' },
  });
  expect(problemsOf([weak, absent]).map(({ title }) => title)).toEqual([
    'Alerts is not plugged in.',
    'Warehouse hears the network badly, −107 dBm.',
  ]);
});

it('is empty when all is well', () => {
  expect(problemsOf([aModem()])).toEqual([]);
});
