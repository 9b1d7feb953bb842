#!/usr/bin/env node
/*
 * slack-faults.mjs --muster PATH [--quick]: what becomes of messages, commands and posts
 * when things break: Muster beside Bolt with a commit before the ack. One run each: what
 * is counted should be nought. Exits 1 where Muster lost or doubled anything.
 * Disconnects, cuts, silence and messages of a megabyte are rows of slack-table.mjs.
 */
import { STORED, compare, draw, machine, options as o } from './slack-compare.mjs';

const KILLS = ['--kills', o.quick ? '10' : '100', '--kill-ms', '50-400', ...STORED];
const POSTS = ['-n', '0', '--commands', o.quick ? '40' : '300', '--here', '--channels', '8', '--text', 'task <@U0BENCH001> look at {n}',
  '--reply-timeout', '120000', '--settle', '8000'];

/** [what is counted, where, must it be nought?] */
const LOST = ['acked messages lost', 'verify.lost_acked', true], TWICE = ['messages stored twice', 'verify.duplicate_rows', true];
const POSTED = ['posted twice', 'http.doubled', true], UNANSWERED = ['commands without an answer', 'commands.no_reply', true];
const REPLY = ['reply p99 ms', 'commands.reply_ms.p99', false];

const FAULTS = [
  ['killed under full load', [...KILLS], [LOST, TWICE, ['restart to ack p50 ms', 'kill.restart_to_ack_ms.p50', false]]],
  ['killed with commands', [...KILLS, '--commands', '1', '--paced', '1', '--settle', '8000'],
    [LOST, ['acked commands without an answer', 'kill.commands.acked_no_reply', true], ['commands', 'kill.commands.n', false]]],
  ['a tenth of answers lost', [...POSTS, '--http-drop', '0.1'], [POSTED, UNANSWERED, REPLY]],
  ['a third of posts refused, 429', [...POSTS, '--http-429', '0.3'], [POSTED, UNANSWERED, REPLY]],
  ['Web API takes 2 s', ['-n', '0', '--paced', '2000', '--commands', '20', '--http-delay', '2000', '--reply-timeout', '60000', ...STORED],
    [LOST, UNANSWERED, ['ack p99 ms', 'paced.ack_ms.p99', false]]],
  ['a fifth of events twice', ['-n', '20000', '--dup', '0.2', ...STORED], [LOST, TWICE]],
];

const rows = [];
let isSound = true;
for (const [fault, args, figures] of FAULTS) {
  const found = compare(fault, ['durable'], 1, args);
  for (const [what, key, mustBeNought] of figures) {
    const ours = found.muster?.median?.[key];
    rows.push([fault, what, ours, found.durable?.median?.[key]]);
    isSound &&= mustBeNought ? ours === 0 : Number.isFinite(ours);
  }
}
console.log(`\n${machine()}\nOne run each, ${o.quick ? 10 : 100} kills.\n`);
draw(['fault', 'counted', 'Muster', 'Bolt durable'], rows);
process.exit(isSound ? 0 : 1);
