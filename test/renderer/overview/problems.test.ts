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
  const problem = { code: 'pin_needed', message: '3 tries are left.' } as const;
  expect(problemsOf([aModem({ label: 'Front desk', state: 'locked', problem })])).toMatchObject([
    { locked: true, title: 'The SIM in Front desk needs its PIN.', detail: '3 tries are left.' },
  ]);
});

it.each([
  ['puk_needed', 'postern modem 490154203237518 pin --unblock'],
  ['pin_needed', 'postern modem 490154203237518 pin'],
  ['pin_refused', 'postern modem 490154203237518 pin'],
  ['smsc_missing', 'postern sims set 8949020000012345678 --smsc +…'],
] as const)('names the command that helps against %s', (code, command) => {
  const modem = aModem({ id: '490154203237518', problem: { code, message: 'x' } });
  expect(problemsOf([modem])[0]?.command).toBe(command);
});

it('names the command that gives a SIM its number', () => {
  const problem = { code: 'number_missing', message: 'x' } as const;
  const [found] = problemsOf([aModem({ number: null, problem })]);
  expect(found?.command).toBe('postern sims set 8949020000012345678 --number +…');
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
