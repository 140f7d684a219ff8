/** What each field of a schema means to whoever writes a program, in a sentence of the OpenAPI document. */
export type Meanings<Schema> = Readonly<Record<keyof Schema & string, string>>;
