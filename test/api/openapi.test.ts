import { Ajv2020 } from 'ajv/dist/2020.js';
import type { IRouter } from 'express';
import { describe, expect, test } from 'vitest';
import { createApi } from '../../src/api/create-api.ts';
import { fieldMeanings } from '../../src/api/openapi/field-meanings.ts';
import { eventTypes } from '../../src/contract/event.ts';
import { DocumentedAnswers } from './documented-answers.ts';
import { gatewayVersion, needsOwnProcess, type RunningApi, startApi } from './running-api.ts';

interface MediaType {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, MediaType>> }>>;
}

async function operationsOf(
  api: RunningApi,
): Promise<{ path: string; method: string; operation: Operation }[]> {
  const { paths } = await api.document();
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation: operation as Operation,
    })),
  );
}

describe('the OpenAPI document', () => {
  test('needs no key, and is the same every time', async () => {
    const api = await startApi();
    const first = await api.ask('/openapi.json', { headers: { authorization: [] } });
    expect([first.status, first.json.openapi, first.json.info.version]).toEqual([
      200,
      '3.1.0',
      gatewayVersion,
    ]);
    expect((await api.ask('/openapi.json')).text).toBe(first.text);
  });

  test('has every route that Express knows, and no other', async () => {
    const api = await startApi();
    const app = createApi(api.dependencies, new AbortController().signal);
    const known = expressPaths(app.router, '').map((path) => path.replace(/:\w+/g, '{}'));
    const documented = Object.keys((await api.document()).paths).map((path) =>
      path.replace(/\{\w+\}/g, '{}'),
    );
    expect(documented.length).toBeGreaterThan(20);
    expect(documented.sort()).toEqual(known.sort());
  });

  test('has every method of every route, and no other', async () => {
    const api = await startApi();
    const { paths } = await api.document();
    for (const [path, methods] of Object.entries(paths)) {
      const { headers } = await api.ask(path.replace(/\{\w+\}/g, 'x'), { method: 'OPTIONS' });
      const allowed = (headers.allow ?? '').split(', ').filter((name) => !/HEAD|OPTIONS/.test(name));
      expect([path, Object.keys(methods).sort()]).toEqual([
        path,
        allowed.map((name) => name.toLowerCase()).sort(),
      ]);
    }
  });

  test('names each operation once', async () => {
    const ids = (await operationsOf(await startApi())).map(({ operation }) => operation.operationId);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('says what each parameter means, and each field of a message and of what else programs use most', async () => {
    const { json } = await (await startApi()).ask('/openapi.json');
    const silent: string[] = [];
    for (const { path, method, operation } of await operationsOf(await startApi())) {
      for (const { name, description } of operation.parameters ?? [])
        if (!description && path !== '/session') silent.push(`${method} ${path}: ${name}`);
    }
    for (const [id, meanings] of Object.entries(fieldMeanings)) {
      const fields: Record<string, { description?: string }> = json.components.schemas[id]?.properties ?? {};
      for (const [name, field] of Object.entries(fields))
        if (!field.description) silent.push(`${id}.${name}`);
      if (!id.endsWith('Query'))
        expect([id, Object.keys(meanings).sort()]).toEqual([id, Object.keys(fields).sort()]);
    }
    expect(silent).toEqual([]);
    expect(json.components.schemas.SendRequest.properties.body.maxLength).toBe(1_600);
    expect(json.components.schemas.MessageStatus.description).toContain('`dispatched`');
  });

  test('has an example for each status of each operation, and each fits its schema', async () => {
    const api = await startApi();
    const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    ajv.addSchema(await api.document(), 'document');
    const wrong: string[] = [];
    const compiled = new Map<string, ReturnType<typeof ajv.compile>>();
    const validatorOf = (schema: object) => {
      const text = JSON.stringify(schema);
      const validate = compiled.get(text) ?? ajv.compile(absolute(schema));
      compiled.set(text, validate);
      return validate;
    };
    const judge = (place: string, { schema, example, examples = {} }: MediaType) => {
      const all = [
        ...(example === undefined ? [] : [example]),
        ...Object.values(examples).map(({ value }) => value),
      ];
      if (all.length === 0) wrong.push(`${place}: no example`);
      const validate = validatorOf(schema);
      for (const one of all) if (!validate(one)) wrong.push(`${place}: ${ajv.errorsText(validate.errors)}`);
    };
    for (const { path, method, operation } of await operationsOf(api)) {
      for (const media of Object.values(operation.requestBody?.content ?? {}))
        judge(`${method} ${path}`, media);
      for (const [status, { content = {} }] of Object.entries(operation.responses)) {
        for (const media of Object.values(content)) judge(`${method} ${path} ${status}`, media);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('shows what a webhook gets for each type of event', async () => {
    const { json } = await (await startApi()).ask('/openapi.json');
    expect(Object.keys(json.webhooks)).toEqual([...eventTypes]);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(json, 'document');
    for (const type of eventTypes) {
      const { schema, example } = json.webhooks[type].post.requestBody.content['application/json'];
      expect([type, ajv.validate(absolute(schema), example)]).toEqual([type, true]);
    }
  });
});

describe('what the tests hold answers against', () => {
  test('sees a status, a code and a field that are not documented', async () => {
    const documented = new DocumentedAnswers(await (await startApi()).document());
    const judge = (path: string, status: number, body: object) => () =>
      documented.check({
        method: 'GET',
        path,
        status,
        contentType: 'application/json; charset=utf-8',
        text: JSON.stringify(body),
      });
    const meta = { page: 1, per_page: 20, total: 0, total_pages: 0 };
    const failed = (code: string) => ({ success: false, error: { code, message: 'No.' } });
    expect(judge('/v1/sms?page=1', 200, { success: true, data: [], meta })).not.toThrow();
    expect(judge('/v1/sms', 200, { success: true, data: [], meta, more: 1 })).toThrow('body');
    expect(judge('/v1/sms', 418, { success: true, data: [], meta })).toThrow('418');
    expect(judge('/v1/sms', 401, failed('INVALID_API_KEY'))).not.toThrow();
    expect(judge('/v1/sms', 401, failed('NOT_FOUND'))).toThrow('body');
  });
});

describe('the reference page', () => {
  test('says where the document is while the pages are not built', async () => {
    needsOwnProcess('to go without the built pages');
    const api = await startApi();
    const page = await api.ask('/docs', { headers: { authorization: [] } });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('/openapi.json');
  });
});

/** The schema as it stands alone, its references pointing into the document. */
function absolute(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'));
}

interface Layer {
  readonly route?: { readonly path: string };
  readonly handle: { readonly stack?: readonly Layer[] };
  /** What the layer is mounted on. */
  readonly rawPath?: string;
}

/** What Express itself keeps, read without any code of the document. */
function expressPaths(router: IRouter, mount: string): string[] {
  return (router.stack as unknown as readonly Layer[]).flatMap((layer) => {
    if (layer.route) return [mount + layer.route.path];
    if (!layer.handle.stack) return [];
    return expressPaths(layer.handle as unknown as IRouter, `${mount}${layer.rawPath}`);
  });
}
