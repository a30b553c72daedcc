// The colours of the theme, light and dark, and the pairs that have to be legible. build.mjs writes them as `--sluis-…` and stops when a pair of
// either scheme falls below its contrast (WCAG 2.2, 1.4.3 and 1.4.11).

export const light = {
  ground: "#faf6ef", // the page
  surface: "#fffdf9", // cards, fields, dialogues
  raised: "#f2ece1", // table heads, hovered rows
  text: "#1c2a2d",
  soft: "#526064", // quieter text
  line: "#ddd4c6", // separates, carries no meaning
  border: "#78848a", // edges of fields and buttons
  brand: "#0d5a63", // deep green-blue: links, primary buttons
  "brand-strong": "#093f46",
  "on-brand": "#ffffff",
  "brand-soft": "#dcebea", // own bubbles, selected rows
  "on-brand-soft": "#0c3439",
  accent: "#a8480f", // the one accent: focus, what waits
  "on-accent": "#ffffff",
  info: "#0f4a68",
  "info-soft": "#e2eef4",
  ok: "#14532d",
  "ok-soft": "#e0f1e4",
  warning: "#674000",
  "warning-soft": "#fcefd2",
  danger: "#96231a",
  "danger-soft": "#fae5e1",
  "danger-strong": "#741710",
  "on-danger": "#ffffff",
  shade: "#1c2a2d99", // behind a dialogue
};

export const dark = {
  ground: "#131a1c",
  surface: "#1b2427",
  raised: "#243034",
  text: "#ebe7e0",
  soft: "#a9b5b7",
  line: "#34434a",
  border: "#7e8e93",
  brand: "#7fc9cf",
  "brand-strong": "#a9e0e4",
  "on-brand": "#06282c",
  "brand-soft": "#17393e",
  "on-brand-soft": "#d5eff1",
  accent: "#f5a06a",
  "on-accent": "#331402",
  info: "#b4dcf0",
  "info-soft": "#122f3e",
  ok: "#b2e4c2",
  "ok-soft": "#12321f",
  warning: "#f5d793",
  "warning-soft": "#392a09",
  danger: "#ffb4aa",
  "danger-soft": "#431812",
  "danger-strong": "#ffd0c9",
  "on-danger": "#3a0803",
  shade: "#000000b3",
};

// For `prefers-contrast: more`: what changes in each scheme.
export const moreContrast = {
  light: { ground: "#ffffff", surface: "#ffffff", text: "#000000", soft: "#1c2a2d", line: "#526064", border: "#1c2a2d", brand: "#073b42" },
  dark: { ground: "#000000", surface: "#000000", text: "#ffffff", soft: "#ebe7e0", line: "#a9b5b7", border: "#ebe7e0", brand: "#b4ecf0" },
};

// [foreground, background, least contrast]
export const pairs = [
  ...["ground", "surface", "raised"].flatMap((under) => [
    ["text", under, 7],
    ["soft", under, 4.5],
    ["brand", under, 4.5],
    ["danger", under, 4.5],
    ["accent", under, 3],
    ["border", under, 3],
  ]),
  ["on-brand", "brand", 4.5],
  ["on-brand", "brand-strong", 4.5],
  ["on-brand-soft", "brand-soft", 7],
  ["brand", "brand-soft", 4.5],
  ["soft", "brand-soft", 4.5],
  ["accent", "brand-soft", 3],
  ["on-accent", "accent", 4.5],
  ["on-danger", "danger", 4.5],
  ["on-danger", "danger-strong", 4.5],
  ...["info", "ok", "warning", "danger"].flatMap((tone) => [
    [tone, `${tone}-soft`, 4.5],
    ["text", `${tone}-soft`, 7],
    ["brand", `${tone}-soft`, 4.5],
    ["accent", `${tone}-soft`, 3],
  ]),
];
