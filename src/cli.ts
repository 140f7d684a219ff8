#!/usr/bin/env node
/**
 * The command `postern`. Nothing but this check is loaded before it has passed: on a Node that is too old the
 * database library would end the process without a word.
 */
const neededNodeApi = 10;

if (Number(process.versions.napi) < neededNodeApi) {
  process.stderr.write(
    `Postern needs Node.js 22.14 or newer (24 is best); this is ${process.version}. In a checkout, start it with "npm run", which brings its own.\n`,
  );
  process.exitCode = 1;
} else {
  const { main } = await import('./cli/main.ts');
  await main(process.argv);
}
