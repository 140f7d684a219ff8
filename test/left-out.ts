import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Says at the end which tests were left out and why, where they gave a reason (`skip('...')`). */
export class LeftOut implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const reasons = modules.flatMap((module) => [...module.children.allTests('skipped')].flatMap(reasonOf));
    for (const reason of new Set(reasons)) process.stderr.write(`Left out: ${reason}\n`);
  }
}

function reasonOf(test: TestCase): string[] {
  const { note } = test.result() as { readonly note?: string };
  return note ? [`${test.fullName}: ${note}`] : [];
}
