import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';

declare module 'vitest' {
  interface TaskMeta {
    /** The test has asked the built program, not a server in its own process. */
    askedBuiltProgram?: boolean;
  }
}

/** Fewer than so many, of all files, would mean that tests are left out that could run. */
const fewest = 400;
const filesOfAll = 20;

/**
 * Tells how many tests of the API passed with the built program as a child process, and which were left out, by what
 * they need of a server in their own process. Tests that ask nothing at all are not counted.
 */
export class AskedOverTcp implements Reporter {
  onTestModuleEnd(module: TestModule): void {
    const states = [...module.children.allTests()].map((test) => test.result().state);
    const count = (state: string) => states.filter((found) => found === state).length;
    const counts = `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} left out`;
    process.stdout.write(`${module.relativeModuleId}: ${counts}\n`);
    for (const test of module.children.allTests('failed')) {
      process.stdout.write(`FAILED ${test.fullName}\n${reasonsOf(test)}\n`);
    }
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], _reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const asked = tests.filter((test) => test.meta().askedBuiltProgram);
    const stateIs = (state: string) => asked.filter((test) => test.result().state === state);
    const failed = tests.filter((test) => test.result().state === 'failed');
    const leftOut = tests.filter((test) => test.result().state === 'skipped');
    for (const [why, count] of countedBy(leftOut, noteOf))
      process.stdout.write(`Left out, ${why}: ${count}\n`);
    const passed = stateIs('passed').length;
    process.stdout.write(`     Tests  ${failed.length} failed | ${passed} passed (over TCP)\n`);
    const tooFew = modules.length >= filesOfAll && passed < fewest;
    if (failed.length > 0 || errors.length > 0 || tooFew) process.exitCode = 1;
    if (tooFew) process.stdout.write(`Fewer than ${fewest} tests asked the built program.\n`);
  }
}

function noteOf(test: TestCase): string {
  const { note } = test.result() as { readonly note?: string };
  return note ?? 'for no reason that it tells';
}

function reasonsOf(test: TestCase): string {
  return (test.result().errors ?? []).map(({ message, stack }) => `${message}\n${stack ?? ''}`).join('\n');
}

function countedBy(tests: readonly TestCase[], keyOf: (test: TestCase) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const test of tests) counts.set(keyOf(test), (counts.get(keyOf(test)) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a);
}
