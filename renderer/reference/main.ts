import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import showReference from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';
import '../theme/tokens.css';
import './reference.css';
import { darkSystem, schemeNow } from '../theme/scheme.ts';
import { referenceHead } from './head.ts';

wearScheme();
darkSystem().addEventListener('change', wearScheme);
document.body.prepend(referenceHead());

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
});

/** The library knows a dark theme by a class, the tokens of these pages by an attribute. */
function wearScheme(): void {
  const scheme = schemeNow();
  const { documentElement: page } = document;
  page.setAttribute('data-mantine-color-scheme', scheme);
  page.classList.toggle('dark-mode', scheme === 'dark');
}
