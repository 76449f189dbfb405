const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Whatever a person wrote, as text of HTML or XML and of their attributes; what no document may hold is left out. */
export const escaped = (text: string): string =>
  text
    .replace(/[&<>"']/g, (found) => ENTITIES[found] ?? '')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u202a-\u202e\u2066-\u2069]/g, '');
