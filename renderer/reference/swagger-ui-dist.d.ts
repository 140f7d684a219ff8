/** The part of the reference page's library that is used here; it brings no types of its own. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  /** What a plugin is given. */
  export interface LibraryParts {
    readonly React: { createElement(name: string, properties: null, ...children: string[]): unknown };
  }

  const showReference: (options: Readonly<Record<string, unknown>>) => void;

  // biome-ignore lint/style/noDefaultExport: this is how the library exports it
  export { showReference as default };
}
