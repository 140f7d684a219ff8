#!/usr/bin/env -S node --max-semi-space-size=6
/**
 * The command `postern`. Nothing of the program is loaded before the Node.js that runs this is known to fit: on one
 * that is too old the database library would end the process without a word.
 */
import module from 'node:module';
import { join } from 'node:path';
import { fitnessOf, nodeThatCameAlong, runOn, tooOldSentence, untriedSentence } from './cli/fitting-node.ts';

const fitness = fitnessOf(process.versions);
const other = fitness === 'fits' ? undefined : nodeThatCameAlong();

if (other) {
  runOn(other, process.argv);
} else if (fitness === 'too old') {
  process.stderr.write(`${tooOldSentence(process.version)}\n`);
  process.exitCode = 1;
} else {
  if (fitness === 'untried') process.stderr.write(`${untriedSentence(process.version)}\n`);
  // What was compiled is kept beside the build, where that can be written: a sixth of the time to start is compiling.
  module.enableCompileCache(join(import.meta.dirname, '../.compiled'));
  const { main } = await import('./cli/main.ts');
  await main(process.argv);
}
