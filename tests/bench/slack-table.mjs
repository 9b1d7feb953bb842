#!/usr/bin/env node
/*
 * slack-table.mjs --muster PATH --pacer PATH [--quick]: runs the load generator for each
 * row of the table, Muster and its rivals in turn, and prints our ratios beside the
 * floors. A row that could not be measured is never "met". Exits 1 where any is not.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync, spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values: o } = parseArgs({ options: {
  muster: { type: 'string' }, pacer: { type: 'string' }, quick: { type: 'boolean', default: false } } });
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const runs = o.quick ? 1 : 5, much = o.quick ? 20000 : 100000;
const bot = (name) => `node "${here}/bots/bolt-${name}.mjs"`;
const NAMES = ['durable', 'group', 'default'];

/** One comparison by the load generator: its JSON, bots by name. */
function compare(label, rivals, args) {
  console.error(`\n== ${label}`);
  const json = path.join(os.tmpdir(), `muster-bench-${process.pid}.json`);
  spawnSync('node', [`${here}/bench-slack.mjs`, '--json', json, '--label', label, '--runs', String(runs),
    '--declare', 'declare sev2 bench', '--warmup', '2000', ...args, ...rivals.flatMap((r) => ['--vs', bot(r)]),
    '--', o.muster, 'run', '--store', '{dir}/muster.db'], { stdio: ['ignore', 'inherit', 'inherit'] });
  const found = {};
  try {
    JSON.parse(fs.readFileSync(json)).bots.forEach((b, i) => { found[i ? rivals[i - 1] : 'muster'] = b; });
    fs.rmSync(json);
  } catch (e) { console.error(`no figures: ${e.message}`); }
  return found;
}

const table = [];
function row(goal, reference, sign, must, ours, theirs, ratio) {
  const known = Number.isFinite(ratio);
  table.push({ goal, reference, ours, theirs, ratio, floor: `${sign} ${must}`,
    verdict: !known ? 'NOT MEASURED' : (sign === '>=' ? ratio >= must : ratio <= must) ? 'met' : 'NOT MET' });
}
function ratioRow(goal, found, rival, key, sign, must) {
  row(goal, `Bolt ${rival}`, sign, must, found.muster?.median?.[key], found[rival]?.median?.[key],
    found[rival]?.ratio_of_first?.[key]);
}

const load = compare('load', NAMES, [...(o.quick ? ['--runs', '3'] : []), '-n', String(much), '--paced', '0', '--commands', o.quick ? '500' : '2000',
  '--verify', `node "${here}/stored.mjs" {dir}`]);
ratioRow('messages acked/s', load, 'durable', 'messages.per_s', '>=', 6);
ratioRow('messages acked/s', load, 'group', 'messages.per_s', '>=', 1.8);
ratioRow('messages acked/s', load, 'default', 'messages.per_s', '>=', 2);
ratioRow('CPU s per 10k messages', load, 'durable', 'messages.cpu.s_per_10k', '<=', 0.22);
ratioRow('CPU s per 10k messages', load, 'group', 'messages.cpu.s_per_10k', '<=', 0.45);
ratioRow('ack p99 ms, window 64', load, 'group', 'messages.ack_ms.p99', '<=', 0.8);
ratioRow('RSS idle MiB', load, 'durable', 'idle.rss_mib', '<=', 0.25);
ratioRow(`RSS after ${much / 1000}k MiB`, load, 'durable', 'messages.rss_after_mib', '<=', 0.15);
ratioRow('start to first ack ms', load, 'durable', 'startup_ms.first_ack', '<=', 0.15);
ratioRow('command reply p99 ms', load, 'durable', 'commands.reply_ms.p99', '<=', 0.4);
ratioRow('CPU s per 10k commands', load, 'durable', 'commands.cpu.s_per_10k', '<=', 0.2);

const steady = ['-n', '0', '--paced', o.quick ? '2000' : '3000', '--rate', '500'];
if (fs.existsSync('/dev/shm')) {
  const found = compare('steady load, no disk', ['group'], [...steady, '--tmp', '/dev/shm']);
  ratioRow('ack p99 ms at 500/s, /dev/shm', found, 'group', 'paced.ack_ms.p99', '<=', 0.35);
}

/** The disk's own tail, beside each run of ours. */
function besideTheDisk() {
  const ours = [], disk = [], ratios = [], middle = (xs) => [...xs].sort((a, b) => a - b)[xs.length >> 1];
  for (let i = 0; i < runs; i++) {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'muster-bench-'));
    const said = execFileSync(o.pacer, [dir, '500', '6'], { encoding: 'utf8' });
    fs.rmSync(dir, { recursive: true });
    const found = compare(`steady load on the disk, ${i + 1}/${runs}`, [], [...steady, '--runs', '1']);
    disk.push(Number(/p99 ([\d.]+)\s*$/.exec(said)?.[1]));
    ours.push(found.muster?.median?.['paced.ack_ms.p99'] ?? NaN);
    ratios.push(ours[i] / disk[i]);
  }
  row('ack p99 ms at 500/s, disk', 'bare fdatasync', '<=', 1.5, middle(ours), middle(disk), middle(ratios));
}
besideTheDisk();

const gap = 'reconnect_ms.p50';
const faults = (label, goal, must, args) =>
  ratioRow(goal, compare(label, ['durable'], ['--idle', '100', ...args]), 'durable', gap, '<=', must);
faults('disconnect', "gap at Slack's disconnect ms", 0.1, ['-n', '7000', '--disconnect-every', '2000']);
// At a rate, so that the connection has lived for 12 s: one that ends at once is retried with a pause, by anybody.
faults('cut', 'back after a cut ms', 0.1, ['-n', '0', '--warmup', '0', '--paced', '2000', '--rate', '150', '--drop-every', '1800']);
faults('half-open', 'back after silence ms', 1, ['-n', '3000', '--freeze-every', '2500', '--stall', '40000']);
ratioRow('1 MB messages/s', compare('large messages', ['durable'],
  ['-n', o.quick ? '100' : '300', '--warmup', '10', '--bytes', '1000000', '--window', '4']), 'durable', 'messages.per_s', '>=', 1);

if (!o.quick) {
  const b = compare('growth', [], ['--runs', '1', '-n', '900000', '--warmup', '100000']).muster?.median;
  const before = b?.['messages.rss_before_mib'], after = b?.['messages.rss_after_mib'];
  row('RSS growth 100k to 1M MiB', '(difference)', '<=', 2, after, before, after - before);
}

const show = (x) => (!Number.isFinite(x) ? '-' : x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));
console.log(`\nmedians of ${o.quick ? '3 for the load, 1 for the rest (a first look)' : runs}, ratios pair by pair`);
console.log('goal'.padEnd(32) + 'reference'.padEnd(16) + 'muster'.padStart(10) + 'reference'.padStart(11) + 'ratio'.padStart(9) + '   floor    ');
for (const r of table)
  console.log(r.goal.padEnd(32) + r.reference.padEnd(16) + show(r.ours).padStart(10) + show(r.theirs).padStart(11) +
    show(r.ratio).padStart(9) + '   ' + r.floor.padEnd(9) + r.verdict);
for (const [name, b] of Object.entries(load))
  console.log(`${name}: ${show(b.median['verify.acked'])} acked, ${show(b.median['verify.lost_acked'])} of them not stored, ` +
    `${show(b.median['verify.duplicate_rows'])} stored twice, ${show(b.median['commands.no_reply'])} commands without a reply`);
process.exit(table.some((r) => r.verdict !== 'met') ? 1 : 0);
