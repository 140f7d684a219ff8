/** The part of the reference page's library that is used here; it brings no types of its own. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  const showReference: (options: Readonly<Record<string, unknown>>) => void;

  // biome-ignore lint/style/noDefaultExport: this is how the library exports it
  export { showReference as default };
}
