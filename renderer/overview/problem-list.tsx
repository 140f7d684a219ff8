import { Lock, TriangleAlert } from 'lucide-react';
import { Card } from '../elements/card.tsx';
import { Command } from '../elements/command.tsx';
import { text } from '../texts/text.ts';
import styles from './problem-list.module.css';
import { ProblemRemedy } from './problem-remedy.tsx';
import type { NeedsPerson } from './problems.ts';

/** What needs a person, each with its remedy. Not there at all when nothing does. */
export function ProblemList({ problems }: { readonly problems: readonly NeedsPerson[] }) {
  if (problems.length === 0) return null;
  return (
    <Card title={text('problems.title', { count: problems.length })}>
      <ul>
        {problems.map((problem) => (
          <Problem key={problem.id} problem={problem} />
        ))}
      </ul>
    </Card>
  );
}

function Problem({ problem }: { readonly problem: NeedsPerson }) {
  const Icon = problem.locked ? Lock : TriangleAlert;
  const { command } = problem;
  return (
    <li className={styles.problem}>
      <Icon size={16} aria-hidden="true" />
      <div className={styles.words}>
        <p>
          <span className={styles.title}>{problem.title}</span> {problem.remedy}{' '}
          {command && !isLong(command) && <code className={styles.command}>{command}</code>}
        </p>
        {problem.detail && <p className={styles.detail}>{problem.detail}</p>}
        {command && isLong(command) && <Command lines={command} />}
      </div>
      {problem.tool && <ProblemRemedy tool={problem.tool} modem={problem.modem} />}
    </li>
  );
}

/** Several lines are to be copied, not typed. */
function isLong(command: string): boolean {
  return command.includes('\n');
}
