import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type ViteBuilder } from 'vite';

const root = import.meta.dirname;
const dist = join(root, 'dist');
const commandLine = 'gateway/cli.js';

/**
 * A slow processor takes as long to ask for a file of a few lines as to read one of many: what several screens need is
 * gathered in few files. What is there before the first paint stays by itself.
 */
const sharedByScreens = {
  name: 'shared',
  test: (id: string) =>
    !/theme\/(?:scheme|first)|shell\/early-key|preload-helper|modulepreload-polyfill/.test(id),
  minShareCount: 2,
  entriesAware: true,
  entriesAwareMergeThreshold: 40_000,
};

/**
 * One `vite build` makes everything under dist/: the pages, the programs that run on plain Node (the gateway and
 * the two processes of the desktop app), and the window's preload script. All of what runs on Node lies one folder
 * below dist/, so that `../renderer` is the pages' folder from any of it.
 */
export default defineConfig({
  root: join(root, 'renderer'),
  publicDir: false,
  cacheDir: join(root, '.cache/vite'),
  plugins: [react(), executable(), startBeforePaint()],
  environments: {
    client: {
      build: {
        outDir: join(dist, 'renderer'),
        emptyOutDir: false,
        assetsInlineLimit: 0,
        // the library of the reference page, which only that page loads
        chunkSizeWarningLimit: 2_000,
        rolldownOptions: {
          input: [join(root, 'renderer/index.html'), join(root, 'renderer/docs.html')],
          output: {
            codeSplitting: { groups: [sharedByScreens] },
            chunkFileNames: ({ name }) => `assets/${name.replace(/~.*/, '')}-[hash].js`,
            assetFileNames: ({ names: [name = 'asset'] }) =>
              `assets/${name.replace(/~.*(?=\.)/, '').replace(/\.\w+$/, '')}-[hash][extname]`,
          },
        },
      },
    },
    programs: {
      consumer: 'server',
      // Nearly a hundred files, which every command of the command line would look up and read one by one.
      resolve: { external: true, noExternal: ['zod'] },
      build: {
        outDir: dist,
        copyPublicDir: false,
        emptyOutDir: false,
        target: 'node22.14',
        sourcemap: true,
        minify: false,
        ssr: true,
        rolldownOptions: {
          // Tree-shaking drops calls that it takes to have no effect, also where their exception is what counts.
          treeshake: false,
          input: {
            'gateway/cli': join(root, 'src/cli.ts'),
            'gateway/reading-thread': join(root, 'src/store/reading-thread/entry.ts'),
            'electron/main': join(root, 'electron/main.ts'),
            'electron/backend': join(root, 'electron/backend.ts'),
          },
          output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    preload: {
      consumer: 'server',
      resolve: { external: true },
      build: {
        outDir: join(dist, 'electron'),
        copyPublicDir: false,
        emptyOutDir: false,
        target: 'node22.14',
        minify: false,
        ssr: true,
        rolldownOptions: {
          input: { preload: join(root, 'electron/preload.cts') },
          output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
        },
      },
    },
  },
  builder: { buildApp },
});

async function buildApp(builder: ViteBuilder): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  await Promise.all(Object.values(builder.environments).map((environment) => builder.build(environment)));
}

/** The few lines that begin the page know its theme: nothing is painted before they ran. */
function startBeforePaint(): Plugin {
  return {
    name: 'postern:start-before-paint',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) =>
        path.endsWith('index.html')
          ? html.replace('<script type="module"', '<script type="module" blocking="render"')
          : html,
    },
  };
}

/** Makes the command line a program of its own, as package.json's `bin` needs it. */
function executable(): Plugin {
  return {
    name: 'postern:executable',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      if (bundle[commandLine] && dir) await chmod(join(dir, commandLine), 0o755);
    },
  };
}
