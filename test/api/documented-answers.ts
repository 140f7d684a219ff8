import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenApiDocument } from '../../src/api/openapi/document.ts';

/** What was asked and what came back, as far as a document can judge it. */
export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly text: string;
}

interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, object>> }>>;
}

/** Holds answers against the OpenAPI document: their status, their type, and every field of their JSON. */
export class DocumentedAnswers {
  readonly #document: OpenApiDocument;
  readonly #ajv: Ajv2020;
  readonly #validators = new Map<string, ValidateFunction>();
  static #known: Promise<DocumentedAnswers> | undefined;

  /** The same for all servers of these tests, as the document is: reading its schemas takes longer than most tests. */
  static of(load: () => Promise<OpenApiDocument>): Promise<DocumentedAnswers> {
    DocumentedAnswers.#known ??= load().then((document) => new DocumentedAnswers(document));
    return DocumentedAnswers.#known;
  }

  constructor(document: OpenApiDocument) {
    this.#document = document;
    this.#ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    this.#ajv.addSchema(document, 'document');
  }

  /** Throws an `Error` that says how the answer is not what the document promises. */
  check(exchange: Exchange): void {
    const template = this.templateOf(exchange.path);
    const name = exchange.method === 'HEAD' ? 'get' : exchange.method.toLowerCase();
    const operation = template && (this.#document.paths[template]?.[name] as Operation | undefined);
    if (exchange.method === 'OPTIONS' && exchange.status === 204) return;
    if (!template && exchange.status === 200 && !exchange.path.startsWith('/v1')) return; // a file of the pages
    // what is open to everybody is open by its very path, without a slash behind it
    const isClosed = exchange.status === 401 && exchange.path.endsWith('/');
    if (!operation || isClosed) {
      if (exchange.method !== 'HEAD') this.#checkSchema(exchange, '#/components/schemas/Error');
      return;
    }
    const response = operation.responses[exchange.status];
    if (!response) throw undocumented(exchange, `the status ${exchange.status} of ${template}`);
    if (exchange.method === 'HEAD') return;
    const type = exchange.contentType?.split(';')[0] ?? '';
    if (!response.content && exchange.text === '') return;
    if (!response.content?.[type]) throw undocumented(exchange, `the type "${type}" of ${template}`);
    if (type !== 'application/json') return;
    const steps = ['paths', template, name, 'responses', String(exchange.status), 'content', type, 'schema'];
    this.#checkSchema(exchange, `#/${steps.map(pointerStep).join('/')}`);
  }

  /** The path of the document that a request goes to: one without parameters before one with them. */
  templateOf(path: string): string | undefined {
    const asked = (path.split('?')[0] ?? '').replace(/(?<=.)\/$/, '').split('/');
    const fitting = Object.keys(this.#document.paths).filter((template) => fits(template.split('/'), asked));
    return fitting.sort((a, b) => a.split('{').length - b.split('{').length)[0];
  }

  #checkSchema(exchange: Exchange, pointer: string): void {
    const validator = this.#validators.get(pointer) ?? this.#ajv.compile({ $ref: `document${pointer}` });
    this.#validators.set(pointer, validator);
    if (validator(parsed(exchange.text))) return;
    throw undocumented(exchange, `its body (${this.#ajv.errorsText(validator.errors)})`);
  }
}

function fits(template: readonly string[], asked: readonly string[]): boolean {
  return (
    template.length === asked.length &&
    template.every((step, index) => (step.startsWith('{') ? asked[index] !== '' : step === asked[index]))
  );
}

function pointerStep(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function undocumented({ method, path, text }: Exchange, what: string): Error {
  return new Error(`${method} ${path}: the OpenAPI document does not have ${what}: ${text.slice(0, 500)}`);
}
