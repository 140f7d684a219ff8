/**
 * Loaded before the built main process in a plain Node.js: whatever imports "electron" gets the stand-in. A test that
 * is the parent of the process drives it over the channel that Node.js makes.
 */
import { registerHooks } from 'node:module';

const standIn = new URL('./index.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

await import('./platform.ts');
await import('./hands.ts');
await import('./driver.ts');
