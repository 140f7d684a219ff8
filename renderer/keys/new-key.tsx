import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { CreatedKey } from '../../src/contract/key.ts';
import { defaultScopes, type Scope, scopes } from '../../src/contract/scope.ts';
import { useAct } from '../api/act.ts';
import { change } from '../api/client.ts';
import { numbersQuery } from '../api/queries.ts';
import { Card } from '../elements/card.tsx';
import { Command } from '../elements/command.tsx';
import { Fault } from '../elements/fault.tsx';
import page from '../elements/page.module.css';
import { Segmented } from '../elements/segmented.tsx';
import { ShownOnce } from '../elements/shown-once.tsx';
import { text } from '../texts/text.ts';
import { type Language, languages, snippet } from './snippets.ts';

const fields = { name: text('key.name'), scopes: text('key.scopes') };

/** Makes a key and, this once, shows it with requests that work as they stand. */
export function NewKey({ name: proposed = '' }: { readonly name?: string }) {
  const [name, setName] = useState(proposed);
  const [wanted, setWanted] = useState<readonly Scope[]>(defaultScopes);
  const create = useAct<void, CreatedKey>({
    run: () => change('POST', '/v1/keys', { name: name.trim(), scopes: wanted }),
    after: () => setName(''),
    silent: true,
    fields,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const toggle = (scope: Scope) =>
    setWanted(scopes.filter((one) => (one === scope) !== wanted.includes(one)));
  return (
    <Card title={text('key.new')}>
      <form className={page.form} onSubmit={submit}>
        <TextInput
          maw={420}
          label={text('key.name')}
          description={text('key.name_what')}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <fieldset className={page.bare}>
          <legend className={page.legend}>{text('key.scopes')}</legend>
          {scopes.map((scope) => (
            <Checkbox
              key={scope}
              label={text(`scope.${scope}`)}
              checked={wanted.includes(scope)}
              onChange={() => toggle(scope)}
            />
          ))}
        </fieldset>
        <Fault error={create.error} fields={fields} />
        <div className={page.actions}>
          <Button
            type="submit"
            variant="filled"
            leftSection={<Plus size={16} />}
            disabled={name.trim() === '' || wanted.length === 0}
            loading={create.isPending}
          >
            {text('key.create')}
          </Button>
        </div>
        {create.data && <Created created={create.data} />}
      </form>
    </Card>
  );
}

function Created({ created }: { readonly created: CreatedKey }) {
  const [language, setLanguage] = useState<Language>('curl');
  const { data: numbers = [] } = useQuery(numbersQuery);
  return (
    <div className={page.stack} data-created>
      <ShownOnce words={text('key.created')} secret={created.key} />
      <Segmented
        label={text('key.language')}
        value={language}
        onChange={setLanguage}
        choices={languages.map((value) => ({ value, name: text(`language.${value}`) }))}
      />
      <Command lines={snippet(language, { origin: window.location.origin, key: created.key, numbers })} />
      <p className={page.faint}>{text('key.snippet_what')}</p>
    </div>
  );
}
