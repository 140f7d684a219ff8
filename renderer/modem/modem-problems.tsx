import type { ModemView } from '../../src/contract/modem.ts';
import { ProblemList } from '../overview/problem-list.tsx';
import { problemsOf } from '../overview/problems.ts';
import styles from './modem-problems.module.css';

/** What is wrong with this modem, with its remedy; nothing where nothing is. */
export function ModemProblems({ modem }: { readonly modem: ModemView }) {
  const problems = problemsOf([modem]);
  if (problems.length === 0) return null;
  return (
    <div className={styles.frame}>
      <ProblemList problems={problems} />
    </div>
  );
}
