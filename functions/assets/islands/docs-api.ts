/** Swagger UI's global, from its own bundle. */
declare const SwaggerUIBundle: (options: Record<string, unknown>) => void;

const dark = matchMedia('(prefers-color-scheme: dark)');
const followScheme = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', followScheme);
followScheme();

/** The viewer brings a `main` of its own: ours becomes a plain box. */
function giveWay(main: HTMLElement | null): void {
  const box = document.createElement('div');
  box.id = 'main';
  box.tabIndex = -1;
  box.className = main?.className ?? '';
  box.append(...(main?.childNodes ?? []));
  main?.replaceWith(box);
}

/** What the viewer leaves out for screen readers: names of its choices and parts, and headings without gaps. */
function amend(viewer: HTMLElement): void {
  for (const select of viewer.querySelectorAll('select:not([aria-label])')) {
    const label = select.closest('.response-control-examples, .response-control-media-type');
    const name = label?.querySelector('small')?.textContent ?? 'Media type';
    select.ariaLabel = select.id === 'servers' ? 'Server' : name;
  }
  const parts = { '.information-container': 'Introduction', '.scheme-container': 'Server and key' };
  for (const [selector, name] of Object.entries(parts)) {
    const part = viewer.querySelector(selector);
    if (part) Object.assign(part, { role: 'region', ariaLabel: name });
  }
  for (const tag of viewer.querySelectorAll('h3.opblock-tag')) tag.ariaLevel = '2';
  for (const heading of viewer.querySelectorAll('.models > h4')) heading.ariaLevel = '2';
  for (const section of viewer.querySelectorAll('.opblock h4')) section.ariaLevel = '3';
}

const reference = document.getElementById('reference');
if (reference) {
  giveWay(document.getElementById('main'));
  new MutationObserver(() => amend(reference)).observe(reference, {
    childList: true,
    subtree: true,
  });
  SwaggerUIBundle({
    url: reference.dataset['document'],
    domNode: reference,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    // It would ask a service elsewhere.
    validatorUrl: null,
  });
}
