/** The part of an OpenAPI document that is of interest when it is cut. */
export interface Document {
  readonly paths: Readonly<Record<string, object>>;
  readonly webhooks?: Readonly<Record<string, object>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

const methods = ['get', 'put', 'post', 'patch', 'delete'];

/** A document of these paths alone, with the components that they refer to. */
export function cutTo(paths: readonly string[], { webhooks: _, ...whole }: Document): Document {
  const kept = Object.fromEntries(Object.entries(whole.paths).filter(([path]) => paths.includes(path)));
  const needed = new Set<string>();
  const need = (part: unknown) => {
    for (const [, kind = '', name = ''] of JSON.stringify(part).matchAll(
      /"#\/components\/(\w+)\/([^"]+)"/g,
    )) {
      if (needed.has(`${kind}/${name}`)) continue;
      needed.add(`${kind}/${name}`);
      need(whole.components[kind]?.[name] ?? {});
    }
  };
  need(kept);
  const components = Object.entries(whole.components).map(([kind, all]) => {
    const some = Object.entries(all).filter(
      ([name]) => kind === 'securitySchemes' || needed.has(`${kind}/${name}`),
    );
    return [kind, Object.fromEntries(some)];
  });
  return { ...whole, paths: kept, components: Object.fromEntries(components) };
}

/** How many operations a document has, those that the gateway calls at a webhook among them. */
export function operationsOf({ paths, webhooks = {} }: Document): number {
  const all = [...Object.values(paths), ...Object.values(webhooks)];
  return all.flatMap((path) => Object.keys(path)).filter((key) => methods.includes(key)).length;
}
