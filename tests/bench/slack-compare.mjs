/** What the two tables share: a comparison by the load generator, and how a table is drawn. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

export const { values: options } = parseArgs({ options: {
  muster: { type: 'string' }, pacer: { type: 'string' }, quick: { type: 'boolean', default: false } } });
export const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
export const STORED = ['--verify', `node "${here}/stored.mjs" {dir}`];

/** Muster and its rivals in turn: the load generator's JSON, bots by name. */
export function compare(label, rivals, runs, args) {
  console.error(`\n== ${label}`);
  const json = path.join(os.tmpdir(), `muster-bench-${process.pid}.json`);
  spawnSync('node', [`${here}/bench-slack.mjs`, '--json', json, '--label', label, '--runs', String(runs),
    '--declare', 'declare sev2 bench', '--warmup', '2000', ...args, ...rivals.flatMap((r) => ['--vs', `node "${here}/bots/bolt-${r}.mjs"`]),
    '--', options.muster, 'run', '--store', '{dir}/muster.db'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const found = {};
  try {
    JSON.parse(fs.readFileSync(json)).bots.forEach((b, i) => { found[i ? rivals[i - 1] : 'muster'] = b; });
    fs.rmSync(json);
  } catch (e) { console.error(`no figures: ${e.message}`); }
  return found;
}

export const show = (x) =>
  (typeof x === 'string' ? x : !Number.isFinite(x) ? '-' : Number.isInteger(x) || x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

/** A table in Markdown, its columns under each other; the first is text, the others are figures. */
export function draw(head, rows) {
  const all = [head, ...rows.map((r) => r.map(show))];
  const wide = head.map((_, i) => Math.max(3, ...all.map((r) => r[i].length)));
  const line = (r) => `| ${r.map((x, i) => (i ? x.padStart(wide[i]) : x.padEnd(wide[i]))).join(' | ')} |`;
  console.log([line(all[0]), line(wide.map((w, i) => (i ? '-'.repeat(w - 1) + ':' : '-'.repeat(w)))), ...all.slice(1).map(line)].join('\n'));
}

/** On which machine, and when: figures mean nothing without. */
export function machine() {
  return `${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} x ${os.cpus()[0].model.trim()}, ` +
    `${(os.totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${os.release()}, Node ${process.version}`;
}
