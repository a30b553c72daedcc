// Makes a finished style sheet lighter: custom properties that nothing reads go, the others get names of one or two letters, the most used
// the shortest. No page sets or reads one by its name: styles in attributes and scripts are against the security policy.

const NAME = /(?<![\w-])--[a-zA-Z_][\w-]*/g;
const READ = /\bvar\(\s*(--[a-zA-Z_][\w-]*)/g;
const DECLARED = /(?<=[{;])(--[a-zA-Z_][\w-]*):[^;{}]*(;|(?=\}))/g;

export function shortProperties(css) {
  let rest = css;
  for (let before; before !== rest; ) {
    before = rest;
    const read = new Set([...rest.matchAll(READ)].map(([, name]) => name));
    rest = rest.replace(DECLARED, (whole, name) => (read.has(name) ? whole : ""));
  }
  const uses = new Map();
  for (const [name] of rest.matchAll(NAME)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const ranked = [...uses.keys()].sort((one, other) => uses.get(other) - uses.get(one) || (one < other ? -1 : 1));
  const short = new Map(ranked.map((name, place) => [name, `--${letters(place)}`]));
  return rest.replace(NAME, (name) => short.get(name));
}

// a, b, … z, aa, ab, …
export function letters(index) {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
