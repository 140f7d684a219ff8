import type { PortDiagnosis } from '../../modem/discovery/port-trouble.ts';

/** One thing that was looked at. */
export type Diagnosis = PortDiagnosis;

const marks: Readonly<Record<Diagnosis['level'], string>> = {
  fine: 'ok     ',
  hint: 'note   ',
  problem: 'PROBLEM',
};
const indent = ' '.repeat(marks.fine.length + 2);

/** All that was found, as lines for a terminal, and a last one that counts what is wrong. */
export function report(diagnoses: readonly Diagnosis[]): string {
  const problems = diagnoses.filter(({ level }) => level === 'problem').length;
  const verdict =
    problems === 0 ? 'Nothing is wrong.' : `${problems} ${problems === 1 ? 'thing is' : 'things are'} wrong.`;
  return [...diagnoses.map(lines), '', verdict].join('\n');
}

function lines({ level, sentence, remedy }: Diagnosis): string {
  const file = remedy?.file;
  const steps = [
    ...(file
      ? [
          `Save as ${file.path}:`,
          ...file.content
            .trimEnd()
            .split('\n')
            .map((line) => `  ${line}`),
        ]
      : []),
    ...(remedy && remedy.commands.length > 0 ? ['Run:', ...remedy.commands.map((line) => `  ${line}`)] : []),
  ];
  return [
    `${marks[level]}  ${printable(sentence)}`,
    ...steps.map((line) => `${indent}${printable(line)}`),
  ].join('\n');
}

/** What a device calls itself may hold anything. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\u{FFFD}');
}
