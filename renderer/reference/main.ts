import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import showReference, { type LibraryParts } from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';
import '../theme/tokens.css';
import './reference.css';
import { darkSystem, schemeNow } from '../theme/scheme.ts';
import { referenceHead } from './head.ts';
import { mendReference } from './mended.ts';

wearScheme();
darkSystem().addEventListener('change', wearScheme);
document.body.prepend(referenceHead());
mendReference(document.body);

/** The reference of the API, made from the gateway's own document. Requests that are tried go to this gateway alone. */
showReference({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  plugins: [withoutNestedLinks],
  syntaxHighlight: { theme: 'obsidian' },
});

/** The library puts a link into the button of each operation, which nobody can reach who goes from control to control. */
function withoutNestedLinks({ React }: LibraryParts) {
  return {
    components: { DeepLink: ({ text }: { text: string }) => React.createElement('span', null, text) },
  };
}

/** The library knows a dark theme by a class, the tokens of these pages by an attribute. */
function wearScheme(): void {
  const scheme = schemeNow();
  const { documentElement: page } = document;
  page.setAttribute('data-mantine-color-scheme', scheme);
  page.classList.toggle('dark-mode', scheme === 'dark');
}
