// Re-computes the frozen vectors of format version 1 from docs/protocol.md, with libraries that share no code with ours.
// Run: npm ci && node check.mjs
import { tally } from './common.mjs';

for (const part of ['suite', 'directory', 'conversation', 'dossier']) {
  await import(`./${part}.mjs`);
}

console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
