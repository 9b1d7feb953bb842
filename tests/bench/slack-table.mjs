#!/usr/bin/env node
/*
 * slack-table.mjs --muster PATH --pacer PATH [--quick]: runs the load generator for each
 * row of the table, Muster and its rivals in turn, and prints our ratios beside the
 * floors. A row that could not be measured is never "met". Exits 1 where any is not.
 */
import fs from 'node:fs';
import { STORED, compare as compareRuns, draw, machine, options as o, show } from './slack-compare.mjs';

const runs = o.quick ? 1 : 5, much = o.quick ? 20000 : 100000;
const NAMES = ['durable', 'group', 'default'];
const compare = (label, rivals, args, n = runs) => compareRuns(label, rivals, n, args);

const table = [];
/** `must` is the floor, `aim` where we want to be. */
function row(goal, reference, sign, [must, aim], ours, theirs, ratio) {
  const reaches = (x) => (sign === '>=' ? ratio >= x : ratio <= x);
  table.push({ goal, reference, ours, theirs, ratio, floor: `${sign} ${must}`, aim: `${sign} ${aim}`,
    verdict: !Number.isFinite(ratio) ? 'NOT MEASURED' : reaches(aim) ? 'aim' : reaches(must) ? 'floor' : 'NOT MET' });
}
function ratioRow(goal, found, rival, key, sign, goals) {
  row(goal, `Bolt ${rival}`, sign, goals, found.muster?.median?.[key], found[rival]?.median?.[key],
    found[rival]?.ratio_of_first?.[key]);
}

const load = compare('load', NAMES, ['-n', String(much), '--paced', '0', '--commands', o.quick ? '500' : '2000',
  ...STORED], o.quick ? 3 : runs);
ratioRow('messages acked/s', load, 'durable', 'messages.per_s', '>=', [6, 9]);
ratioRow('messages acked/s', load, 'group', 'messages.per_s', '>=', [1.8, 2.7]);
ratioRow('messages acked/s', load, 'default', 'messages.per_s', '>=', [2, 3.3]);
ratioRow('CPU s per 10k messages', load, 'durable', 'messages.cpu.s_per_10k', '<=', [0.22, 0.12]);
ratioRow('CPU s per 10k messages', load, 'group', 'messages.cpu.s_per_10k', '<=', [0.45, 0.25]);
ratioRow('ack p99 ms, window 64', load, 'group', 'messages.ack_ms.p99', '<=', [0.8, 0.6]);
ratioRow('RSS idle MiB', load, 'durable', 'idle.rss_mib', '<=', [0.25, 0.18]);
ratioRow(`RSS after ${much / 1000}k MiB`, load, 'durable', 'messages.rss_after_mib', '<=', [0.15, 0.11]);
ratioRow('start to first ack ms', load, 'durable', 'startup_ms.first_ack', '<=', [0.15, 0.08]);
ratioRow('command reply p99 ms', load, 'durable', 'commands.reply_ms.p99', '<=', [0.4, 0.3]);
ratioRow('CPU s per 10k commands', load, 'durable', 'commands.cpu.s_per_10k', '<=', [0.2, 0.12]);

const steady = ['-n', '0', '--paced', o.quick ? '2000' : '3000', '--rate', '500'];
if (fs.existsSync('/dev/shm')) {
  const found = compare('steady load, no disk', ['group'], [...steady, '--tmp', '/dev/shm']);
  ratioRow('ack p99 ms at 500/s, /dev/shm', found, 'group', 'paced.ack_ms.p99', '<=', [0.35, 0.2]);
}

// The disk's own tail, taken while ours is: a stall comes when it likes, and has to hit both.
const disk = compare('steady load on the disk', [], [...steady, '--beside', o.pacer]).muster?.median;
row('ack p99 ms at 500/s, disk', 'bare fdatasync', '<=', [1.5, 1.1], disk?.['paced.ack_ms.p99'], disk?.['beside_ms.p99'],
  disk?.['paced.over_beside.p99']);

const gap = 'reconnect_ms.p50';
const faults = (label, goal, goals, args) =>
  ratioRow(goal, compare(label, ['durable'], ['--idle', '100', ...args]), 'durable', gap, '<=', goals);
faults('disconnect', "gap at Slack's disconnect ms", [0.1, 0.02], ['-n', '7000', '--disconnect-every', '2000']);
// At a rate, so that the connection has lived for 12 s: one that ends at once is retried with a pause, by anybody.
faults('cut', 'back after a cut ms', [0.1, 0.05], ['-n', '0', '--warmup', '0', '--paced', '2000', '--rate', '150', '--drop-every', '1800']);
faults('half-open', 'back after silence ms', [1, 0.7], ['-n', '3000', '--freeze-every', '2500', '--stall', '40000']);
ratioRow('1 MB messages/s', compare('large messages', ['durable'],
  ['-n', o.quick ? '100' : '300', '--warmup', '10', '--bytes', '1000000', '--window', '4']), 'durable', 'messages.per_s', '>=', [1, 3]);

if (!o.quick) {
  const b = compare('growth', [], ['-n', '900000', '--warmup', '100000'], 1).muster?.median;
  const before = b?.['messages.rss_before_mib'], after = b?.['messages.rss_after_mib'];
  row('RSS growth 100k to 1M MiB', '(difference)', '<=', [2, 0.5], after, before, after - before);
}

console.log(`\n${machine()}\nMedians of ${o.quick ? '3 for the load, 1 for the rest (a first look)' : runs}, ratios pair by pair.\n`);
draw(['goal', 'beside', 'Muster', 'it', 'ratio', 'floor', 'aim', 'reached'],
  table.map((r) => [r.goal, r.reference, r.ours, r.theirs, r.ratio, r.floor, r.aim, r.verdict]));
console.log('');
for (const [name, b] of Object.entries(load))
  console.log(`${name}: ${show(b.median['verify.acked'])} acked, ${show(b.median['verify.lost_acked'])} of them not stored, ` +
    `${show(b.median['verify.duplicate_rows'])} stored twice, ${show(b.median['commands.no_reply'])} commands without a reply`);
process.exit(table.some((r) => /^NOT/.test(r.verdict)) ? 1 : 0);
