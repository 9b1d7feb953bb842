#!/usr/bin/env node
/*
 * bench-slack.mjs - a scripted Slack stand-in that starts a bot, loads it and measures it.
 *
 *   node bench-slack.mjs [options] -- BOT [ARG ...]
 *
 * It serves the Web API (POST /api/METHOD) and a Socket Mode WebSocket on 127.0.0.1, starts BOT,
 * and drives it through these phases:
 *
 *   start     spawn -> apps.connections.open -> WebSocket -> `hello` + one probe message -> its ack
 *             (the ack of the probe is the proof that the bot has processed `hello`)
 *   declare   with --declare TEXT: one slash command per channel; the channels the bot opens get the messages
 *   idle      nothing for --idle ms, then RSS (before it all: a probe of the disk's fdatasync)
 *   warm-up   --warmup messages, not measured
 *   messages  -n message events, as fast as the bot acks, --window of them unacked at a time
 *   paced     --paced message events at a fixed --rate (open loop: sending never waits for an ack, so
 *             a stall of the bot is charged to every message that falls into it)
 *   commands  --commands slash commands, --cmd-window unanswered at a time; each is timed to its
 *             ack and to its reply (ack payload, response_url or chat.post*, whichever is first)
 *   stop      SIGTERM, time to exit
 *
 * It knows nothing about the bot. BOT finds in its environment:
 *   SLACK_APP_TOKEN, SLACK_BOT_TOKEN   any value is accepted
 *   SLACK_API_URL                      http://127.0.0.1:PORT/api/   (--url-env renames the variable)
 *   BENCH_DIR                          a fresh empty directory for this run, removed afterwards
 * and `{dir}`, `{url}` and `{port}` inside BOT's arguments are replaced.
 *
 * Output: a summary on standard error and one JSON document on standard output (or --json FILE).
 *
 * Other modes (they combine):
 *   --runs 5 --vs 'BOT_B ARGS'   run A B A B ..., report medians of each and of the pairwise A/B;
 *                                --vs may be given again: A B C A B C ...
 *   --kills 100                  SIGKILL the bot at random moments of the load, restart it, redeliver
 *                                what it had not acked; give --verify to count what it lost (with
 *                                --paced 1 the load comes at --rate instead of as fast as it acks;
 *                                with --commands 1 slash commands run beside it: an acked one
 *                                must get exactly one reply, also from the next life of the bot)
 *   --here                       slash commands are typed in the channels that --declare opened
 *   --verify 'CMD'               after the bot has stopped, run CMD (a shell line; {dir} is replaced):
 *                                it prints the `ts` of every stored message, one a line. Reported:
 *                                acked but not stored (lost), stored twice, stored but never sent
 *   --dup, --http-429, --http-drop, --http-delay, --disconnect-every, --drop-every, --freeze-every
 *                                faults, see --help; the time until the bot is back is `reconnect_ms`
 *
 * Slack says a client should ack within 3 s; acks slower than that are counted as `late`.
 * The stand-in is one thread: `standin.elu` near 1 means IT was the limit, not the bot.
 */
import http from 'node:http';
import https from 'node:https';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';

/* ------------------------------------------------------------------ options */

const OPTIONS = {
  n:                  ['20000', 'message events in the measured phase'],
  window:             ['64',    'message envelopes unacked at a time'],
  bytes:              ['1200',  'size of one message envelope (the text is padded)'],
  channels:           ['1',     'spread the messages over this many channels'],
  warmup:             ['2000',  'messages sent before measuring'],
  paced:              ['0',     'message events in the fixed-rate phase (0: skip it)'],
  rate:               ['500',   'messages per second in the fixed-rate phase'],
  beside:             ['',      'PROGRAM FOLDER RATE SECONDS runs while the fixed-rate phase does, on the same disk; it prints "p50 MS p99 MS"'],
  declare:            ['',      'slash command sent once per channel before the warm-up; the channels it makes get the messages'],
  commands:           ['0',     'slash commands (0: skip)'],
  'cmd-window':       ['8',     'slash commands unanswered at a time'],
  command:            ['/incident', 'the slash command'],
  text:               ['status {n}', 'its text; {n} becomes a token unique to the command'],
  'reply-timeout':    ['5000',  'ms after which a command counts as not answered'],
  settle:             ['0',     'ms to wait after the commands for second replies (retries) to show'],
  idle:               ['1000',  'ms of silence before idle RSS is read'],
  'start-timeout':    ['20000', 'ms for BOT to connect and ack the probe'],
  stall:              ['20000', 'ms without one ack before a phase is given up'],
  runs:               ['1',     'runs; medians are reported'],
  vs:                 ['',      'another BOT, run in turn with the first; ratios are reported (repeatable)'],
  kills:              ['0',     'SIGKILL the bot this many times during the messages phase'],
  'kill-ms':          ['50-500', 'each kill comes this long after the first ack of that life'],
  verify:             ['',      'shell line printing the ts of every stored message'],
  dup:                ['0',     'send this fraction of messages twice (same event, new envelope)'],
  'http-429':         ['0',     'answer this fraction of chat.* and response_url calls with 429, Retry-After: 1'],
  'http-drop':        ['0',     'accept this fraction of them, then cut the connection unanswered'],
  'http-delay':       ['0',     'ms before each Web API answer'],
  'disconnect-every': ['0',     'send Slack\'s `disconnect` and close after this many acks'],
  'drop-every':       ['0',     'cut the TCP connection without a close frame after this many acks'],
  'freeze-every':     ['0',     'go silent, connection left open (a half-open peer), after this many acks'],
  'url-env':          ['SLACK_API_URL', 'variable that carries the API base URL'],
  port:               ['0',     'port to listen on (0: any)'],
  'tls-key':          ['',      'serve https/wss with this key ...'],
  'tls-cert':         ['',      '... and this certificate'],
  tmp:                [os.tmpdir(), 'where BENCH_DIR is made; /dev/shm takes the disk out of the figures'],
  pin:                ['',      'run BOT under taskset -c LIST'],
  log:                ['',      'append BOT\'s output to this file (default: discarded)'],
  json:               ['',      'write the JSON here instead of standard output'],
  label:              ['',      'a name for the report'],
};

function options() {
  const spec = { help: { type: 'boolean', short: 'h' }, keep: { type: 'boolean' }, here: { type: 'boolean' } };
  for (const [name, [def]] of Object.entries(OPTIONS)) {
    spec[name] = { type: 'string', default: def };
    if (name.length === 1) spec[name].short = name;
  }
  spec.vs = { type: 'string', multiple: true, default: [] };
  const { values, positionals } = parseArgs({ options: spec, allowPositionals: true });
  if (values.help || positionals.length === 0) {
    console.error('usage: node bench-slack.mjs [options] -- BOT [ARG ...]\n');
    for (const [name, [def, text]] of Object.entries(OPTIONS))
      console.error(`  --${name.padEnd(17)} ${text}${def ? ` (${def})` : ''}`);
    console.error(`  --${'keep'.padEnd(17)} keep BENCH_DIR`);
    process.exit(values.help ? 0 : 2);
  }
  const o = { ...values, bot: positionals };
  for (const [name, [def]] of Object.entries(OPTIONS))
    if (/^\d+$/.test(def)) {
      o[name] = Number(o[name]);
      if (!Number.isFinite(o[name])) throw new Error(`--${name} wants a number`);
    }
  return o;
}

/* ------------------------------------------------- what the kernel says of a process tree */

const TICK_S = 1 / 100;                                    // USER_HZ, 100 on every Linux we use

function processTree(pid) {
  const all = [pid];
  for (let i = 0; i < all.length; i++) {
    try {
      for (const t of fs.readdirSync(`/proc/${all[i]}/task`))
        for (const c of fs.readFileSync(`/proc/${all[i]}/task/${t}/children`, 'utf8').split(' '))
          if (c.trim()) all.push(Number(c));
    } catch { /* it is gone */ }
  }
  return all;
}

/** RSS and CPU of `pid` and its descendants, summed. CPU includes reaped children. */
function sample(pid) {
  const s = { rss_mib: 0, peak_mib: 0, user_s: 0, sys_s: 0, threads: 0 };
  for (const p of processTree(pid)) {
    try {
      const stat = fs.readFileSync(`/proc/${p}/stat`, 'utf8');
      const f = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      s.user_s += (Number(f[11]) + Number(f[13])) * TICK_S;
      s.sys_s += (Number(f[12]) + Number(f[14])) * TICK_S;
      const status = fs.readFileSync(`/proc/${p}/status`, 'utf8');
      const kib = (key) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
      s.rss_mib += kib('VmRSS') / 1024;
      s.peak_mib += kib('VmHWM') / 1024;
      s.threads += kib('Threads');
    } catch { /* it is gone */ }
  }
  return s;
}

/* --------------------------------------------------------------- message envelopes */

const TEAM = 'T0BENCH001', APP = 'A0BENCH001', BOT_USER = 'U0BENCHBOT', BOT_ID = 'B0BENCHBOT';
const EPOCH = Math.floor(Date.now() / 1000);

const hex = (n, width) => n.toString(16).padStart(width, '0');
const dec = (n, width) => String(n).padStart(width, '0');
const envelopeId = (kind, seq, attempt) => `${hex(attempt, 8)}-${kind}-4000-8000-${hex(seq, 12)}`;
const messageTs = (seq) => `${EPOCH + Math.floor(seq / 1e6)}.${dec(seq % 1e6, 6)}`;
const KIND_MESSAGE = '0e00', KIND_COMMAND = '0c00', KIND_DECLARE = '0d00';
const benchChannel = (i) => `C0BENCH0${hex(i, 2)}`;

function messageEnvelope(seq, attempt, pad, channels) {
  const text = `bench message ${dec(seq, 9)} ${pad}`, ts = messageTs(seq);
  return {
    envelope_id: envelopeId(KIND_MESSAGE, seq, attempt),
    payload: {
      token: 'BenchVerificationToken00', team_id: TEAM, context_team_id: TEAM,
      context_enterprise_id: null, api_app_id: APP,
      event: {
        type: 'message', user: `U0BENCH0${hex(seq & 15, 2)}`, ts,
        client_msg_id: `5ca1ab1e-0000-4000-8000-${hex(seq, 12)}`, text, team: TEAM,
        blocks: [{ type: 'rich_text', block_id: 'bEnCh',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] }],
        channel: benchChannel(seq % channels), event_ts: ts, channel_type: 'channel',
      },
      type: 'event_callback', event_id: `Ev0${dec(seq, 9)}`, event_time: EPOCH,
      authorizations: [{ enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true,
        is_enterprise_install: false }],
      is_ext_shared_channel: false,
      event_context: '4-eyJldCI6Im1lc3NhZ2UiLCJ0aWQiOiJUMEJFTkNIMDAxIiwiYWlkIjoiQTBCRU5DSDAwMSJ9',
    },
    type: 'events_api', accepts_response_payload: false,
    retry_attempt: attempt, retry_reason: attempt ? 'timeout' : '',
  };
}

const WORDS = 'the database primary is refusing connections again, paging the on-call; latency is up. ';
function padding(bytes, channels) {
  const base = Buffer.byteLength(JSON.stringify(messageEnvelope(0, 0, '', channels)));
  const each = Math.max(0, Math.floor((bytes - base) / 2));       // the text stands in it twice
  return WORDS.repeat(Math.ceil(each / WORDS.length)).slice(0, each);
}

/** A WebSocket text frame (server to client: no mask) around `body`. */
function frame(body) {
  const n = body.length;
  const head = n < 126 ? Buffer.from([0x81, n])
    : n < 65536 ? Buffer.from([0x81, 126, n >> 8, n & 255])
    : Buffer.concat([Buffer.from([0x81, 127]), (() => { const b = Buffer.alloc(8); b.writeBigUInt64BE(BigInt(n)); return b; })()]);
  return Buffer.concat([head, body]);
}

/** Makes message frames fast: one frame is serialised, and only its numbers are overwritten after. */
class MessageFrames {
  constructor(bytes, channels) {
    this.channels = channels;
    this.pad = padding(bytes, channels);
    // Two sequence numbers that differ in every digit that can change show where those digits are.
    const at = (seq) => frame(Buffer.from(JSON.stringify(messageEnvelope(seq, 0, this.pad, channels))));
    this.template = at(0);
    this.size = this.template.length;
    const text = this.template.toString('latin1');
    const all = (s) => { const r = []; for (let i = text.indexOf(s); i >= 0; i = text.indexOf(s, i + 1)) r.push(i); return r; };
    this.uuid = all('-4000-8000-').map((i) => i + 11);
    this.count = [...all('bench message ').map((i) => i + 14), ...all('"event_id":"Ev0').map((i) => i + 15)];
    this.ts = all('ts":"' + messageTs(0)).map((i) => i + 5);
    this.user = all('"user":"U0BENCH0').map((i) => i + 16);
    this.channel = all('"channel":"C0BENCH0').map((i) => i + 19);
    for (const seq of [1, 987654, 12345678])                      // the shortcut must equal the long way
      if (!this.make(seq, 1).equals(at(seq))) throw new Error('envelope template is wrong');
  }
  /** `k` frames, numbered from `first`, in one buffer. */
  make(first, k) {
    const out = Buffer.allocUnsafe(this.size * k);
    for (let j = 0; j < k; j++) {
      const base = j * this.size, seq = first + j;
      this.template.copy(out, base);
      const put = (places, s) => { for (const p of places) out.latin1Write(s, base + p, s.length); };
      put(this.uuid, hex(seq, 12));
      put(this.count, dec(seq, 9));
      put(this.ts, messageTs(seq));
      put(this.user, hex(seq & 15, 2));
      put(this.channel, hex(seq % this.channels, 2));
    }
    return out;
  }
}

/* ------------------------------------------------------------------- statistics */

function quantiles(ms) {
  const a = Float64Array.from(ms).sort(), q = (p) => a[Math.min(a.length - 1, Math.ceil(p * a.length) - 1)];
  if (!a.length) return null;
  return { p50: q(0.5), p90: q(0.9), p99: q(0.99), p999: q(0.999), max: a[a.length - 1],
    mean: a.reduce((x, y) => x + y, 0) / a.length };
}
const median = (xs) => { const a = [...xs].sort((x, y) => x - y); return a.length % 2 ? a[(a.length - 1) / 2] : (a[a.length / 2 - 1] + a[a.length / 2]) / 2; };
const sleep = (ms) => new Promise((r) => setTimeout(r, ms));

/* ------------------------------------------------------------------ the stand-in */

class StandIn {
  constructor(o) {
    this.o = o;
    this.frames = new MessageFrames(o.bytes, o.channels);
    this.sockets = new Set();
    this.seq = 0;                       // next message number; never reused within a run
    this.sentAt = [];                   // by message number, ms
    this.ackedAt = [];                  // by message number, ms; undefined: not acked yet
    this.attempt = [];                  // by message number, delivery attempts after the first
    this.inflight = 0;
    this.phase = null;                  // the running message phase
    this.commands = [];
    this.http = { calls: {}, refused_429: 0, unknown: {}, unmatched_posts: 0, doubled: 0 };
    this.stats = { connections: 0, acks: 0, dup_acks: 0, bad_frames: 0, redelivered: 0, dup_sent: 0, disconnects: 0 };
    this.marks = {};                    // start-up: when what happened first
    this.created = 0; this.posted = 0;
    this.history = new Map();           // channel -> what the bot posted there, newest first
    this.said = new Set();              // the same token, text and place twice: a post doubled
    this.gaps = [];                     // ms without any usable connection, once per fault
  }

  async listen() {
    const tls = this.o['tls-key'] && { key: fs.readFileSync(this.o['tls-key']), cert: fs.readFileSync(this.o['tls-cert']) };
    this.server = tls ? https.createServer(tls, (q, s) => this.request(q, s)) : http.createServer((q, s) => this.request(q, s));
    this.server.keepAliveTimeout = 60_000;
    this.wss = new WebSocketServer({ server: this.server, perMessageDeflate: false, maxPayload: 16 << 20 });
    this.wss.on('connection', (ws, req) => this.connection(ws, req));
    await new Promise((r) => this.server.listen(this.o.port, '127.0.0.1', r));
    this.port = this.server.address().port;
    this.base = `${tls ? 'https' : 'http'}://127.0.0.1:${this.port}`;
    this.wsBase = `${tls ? 'wss' : 'ws'}://127.0.0.1:${this.port}`;
    // Slack pings its clients; official clients drop a connection on which the pings stop.
    this.pinger = setInterval(() => { for (const ws of this.sockets) if (!ws.leaving) ws.ping('Ping from bench'); }, 5000);
  }

  async close() {
    clearInterval(this.pinger);
    for (const ws of this.sockets) ws.terminate();
    this.server.closeAllConnections();
    await new Promise((r) => this.server.close(r));
  }

  /* ---- Socket Mode */

  connection(ws, req) {
    this.sockets.add(ws);
    this.stats.connections++;
    this.marks.ws ??= performance.now();
    if (this.gapSince !== undefined) { this.gaps.push(performance.now() - this.gapSince); this.gapSince = undefined; }
    ws._socket.setNoDelay(true);
    ws.on('message', (data) => this.fromBot(ws, data));
    ws.on('error', () => {});
    ws.on('close', () => { this.sockets.delete(ws); if (!this.socket) this.gapSince ??= performance.now(); this.redeliver(); });
    ws.send(JSON.stringify({ type: 'hello', num_connections: this.sockets.size,
      debug_info: { host: 'applink-bench', build_number: 1, approximate_connection_time: 18060 },
      connection_info: { app_id: APP } }));
    this.onConnect?.();
    this.redeliver();
  }

  get socket() { let last; for (const ws of this.sockets) if (ws.readyState === 1 && !ws.leaving) last = ws; return last; }

  /** Everything sent and not acked goes to the newest connection again, as Slack's retries do. */
  redeliver() {
    // Slack does not retry slash commands: one that was not acked on its connection is gone.
    for (const c of this.commands) if (c && !c.ackedAt && !c.finished && c.on.readyState !== 1) c.finish(c);
    const ws = this.socket;
    if (!ws) return;
    this.startCommands?.();
    for (let s = this.oldest ?? 0; s < this.seq; s++)
      if (this.ackedAt[s] === undefined && this.sentOn[s] !== ws) {
        this.attempt[s] = (this.attempt[s] ?? 0) + 1;
        this.sentOn[s] = ws;
        this.stats.redelivered++;
        ws.send(JSON.stringify(messageEnvelope(s, this.attempt[s], this.frames.pad, this.o.channels)));
      }
  }
  sentOn = [];

  fromBot(ws, data) {
    const now = performance.now();
    let m;
    try { m = JSON.parse(data); } catch { this.stats.bad_frames++; return; }
    const id = m.envelope_id;
    if (typeof id !== 'string' || id.length !== 36) { this.stats.bad_frames++; return; }
    const seq = parseInt(id.slice(24), 16);
    if (id.startsWith(KIND_DECLARE, 9)) return;
    if (id.startsWith(KIND_COMMAND, 9)) { this.commandAck(this.commands[seq], m.payload, now); return; }
    if (this.ackedAt[seq] !== undefined) { this.stats.dup_acks++; return; }
    this.ackedAt[seq] = now;
    this.lastAck = now;
    this.inflight--;
    this.stats.acks++;
    while (this.oldest < this.seq && this.ackedAt[this.oldest] !== undefined) this.oldest++;
    this.fault(ws);
    if (this.phase && !this.phase.flushing) {
      this.phase.flushing = true;                        // one write for all acks that came together
      setImmediate(() => { if (this.phase) { this.phase.flushing = false; this.pump(); } });
    }
  }
  oldest = 0;

  /** The connection faults. A connection that is `leaving` gets nothing more; its acks still count. */
  fault(ws) {
    const due = (name) => this.o[name] && this.stats.acks % this.o[name] === 0;
    if (!due('drop-every') && !due('disconnect-every') && !due('freeze-every')) return;
    this.stats.disconnects++;
    ws.leaving = true;
    if (!this.socket) this.gapSince ??= performance.now();
    if (due('drop-every')) ws.terminate();
    else if (due('freeze-every')) { ws._socket.pause(); setTimeout(() => ws.terminate(), 120_000).unref(); }
    else {
      ws.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'applink-bench' } }));
      setTimeout(() => ws.close(), 1000);
    }
  }

  sendMessages(k) {
    const ws = this.socket;
    if (!ws || k <= 0) return 0;
    const now = performance.now(), first = this.seq;
    for (let j = 0; j < k; j++) { this.sentAt[first + j] = now; this.sentOn[first + j] = ws; }
    this.seq += k;
    this.inflight += k;
    ws._socket.write(this.frames.make(first, k));        // whole frames, so it cannot cut one of ws's own
    if (this.o.dup) for (let s = first; s < first + k; s++)
      if (Math.random() < this.o.dup) {
        this.stats.dup_sent++;
        ws.send(JSON.stringify(messageEnvelope(s, 1, this.frames.pad, this.o.channels)));
      }
    return k;
  }

  pump() {
    const p = this.phase;
    if (!p) return;
    if (p.rate) {
      const due = Math.min(p.n, Math.floor((performance.now() - p.startedAt) / 1000 * p.rate)) - p.sent;
      p.sent += this.sendMessages(due);
    } else {
      p.sent += this.sendMessages(Math.min(this.o.window - this.inflight, p.n - p.sent));
    }
    if (p.sent >= p.n && this.inflight === 0) p.done();
  }

  /** Sends `n` messages and waits for every ack. rate 0: as fast as the window allows. */
  async messages(n, rate = 0) {
    const first = this.seq, startedAt = performance.now();
    let timer, gaveUp = false;
    this.lastAck = startedAt;
    await new Promise((done) => {
      this.phase = { n, rate, sent: 0, startedAt, done };
      timer = setInterval(() => {
        if (performance.now() - this.lastAck > this.o.stall) { gaveUp = true; done(); } else this.pump();
      }, rate ? 1 : 50);
      this.pump();
    });
    clearInterval(timer);
    this.phase = null;
    const seconds = (this.lastAck - startedAt) / 1000, lat = [];
    for (let s = first; s < this.seq; s++) if (this.ackedAt[s] !== undefined) lat.push(this.ackedAt[s] - this.sentAt[s]);
    return { n: lat.length, unacked: n - lat.length, gave_up: gaveUp, seconds, per_s: lat.length / seconds,
      ack_ms: quantiles(lat), late: lat.filter((x) => x > 3000).length };
  }

  /** Has the bot open the channels that the messages will go to (a bot may record only those it opened). */
  async declare() {
    for (let i = 0; i < this.o.channels; i++)
      this.socket.send(JSON.stringify({ envelope_id: envelopeId(KIND_DECLARE, i, 0), type: 'slash_commands', accepts_response_payload: true,
        payload: { token: 'BenchVerificationToken00', team_id: TEAM, team_domain: 'bench', channel_id: 'C0LOBBY000', channel_name: 'lobby',
          user_id: 'U0BENCH000', user_name: 'bench', command: this.o.command, text: this.o.declare, api_app_id: APP,
          is_enterprise_install: 'false', response_url: `${this.base}/response/declare`, trigger_id: `${dec(i, 13)}.2.bench` } }));
    const deadline = performance.now() + 5000;             // a bot that opens none records them all: go on
    while (this.created < this.o.channels && performance.now() < deadline) await sleep(20);
    await sleep(1000 + 6 * this.o['http-delay']);           // until the bot knows them
    return this.created;
  }

  /* ---- slash commands: one channel per slot, so that a reply in a channel has one owner */

  async slashCommands(n) {
    const o = this.o, startedAt = performance.now(), limit = { n };
    let next = 0, finished = 0;
    await new Promise((resolve) => {
      this.stopCommands = () => { limit.n = next; if (finished === next) resolve(); };
      const free = Array.from({ length: o['cmd-window'] }, (_, i) => i);
      const finish = (c) => {
        if (c.finished) return;
        c.finished = true; clearTimeout(c.timer); finished++; free.push(c.slot);
        if (finished >= limit.n) resolve(); else setImmediate(start);
      };
      const start = this.startCommands = () => {
        while (free.length && next < limit.n && this.socket) {
          const slot = free.pop(), i = next++, token = `bench-${dec(i, 7)}`;
          const c = { i, slot, token, channel: o.here ? benchChannel(slot % o.channels) : `C0CMD${dec(slot, 5)}`, posts: 0, finish };
          this.commands[i] = c;
          c.json = JSON.stringify({
            envelope_id: envelopeId(KIND_COMMAND, i, 0), type: 'slash_commands', accepts_response_payload: true,
            payload: { token: 'BenchVerificationToken00', team_id: TEAM, team_domain: 'bench', channel_id: c.channel,
              channel_name: `cmd-${slot}`, user_id: `U0BENCH0${hex(i & 15, 2)}`, user_name: 'bench', command: o.command,
              text: o.text.replaceAll('{n}', token), api_app_id: APP, is_enterprise_install: 'false',
              response_url: `${this.base}/response/${i}`, trigger_id: `${dec(i, 13)}.1.bench` } });
          c.timer = setTimeout(() => finish(c), o['reply-timeout']);
          c.sentAt = performance.now();
          c.on = this.socket;
          c.on.send(c.json);
        }
      };
      start();
    });
    this.startCommands = null;
    n = limit.n;
    const all = this.commands, seconds = (performance.now() - startedAt) / 1000;
    await sleep(o.settle);
    const acked = all.filter((c) => c.ackedAt), replied = all.filter((c) => c.repliedAt), via = {};
    for (const c of replied) via[c.via] = (via[c.via] ?? 0) + 1;
    return { n, seconds, per_s: replied.length / seconds, unacked: n - acked.length, no_reply: n - replied.length,
      acked_no_reply: acked.filter((c) => !c.repliedAt).length,
      extra_posts: all.reduce((x, c) => x + Math.max(0, c.posts - 1), 0), via,
      ack_ms: quantiles(acked.map((c) => c.ackedAt - c.sentAt)),
      reply_ms: quantiles(replied.map((c) => c.repliedAt - c.sentAt)),
      late: acked.filter((c) => c.ackedAt - c.sentAt > 3000).length };
  }

  commandAck(c, payload, now) {
    if (!c) { this.stats.bad_frames++; return; }
    if (c.ackedAt) { this.stats.dup_acks++; return; }
    c.ackedAt = now;
    if (payload && (payload.text || payload.blocks || payload.attachments)) this.reply(c, 'ack', now);
    else if (c.repliedAt) c.finish(c);
  }

  reply(c, via, now) {
    c.posts++;
    if (!c.repliedAt) { c.repliedAt = now; c.via = via; }
    if (c.ackedAt) c.finish(c);
  }

  /* ---- Web API */

  request(req, res) {
    const chunks = [];
    req.on('data', (c) => chunks.push(c));
    req.on('error', () => {});
    req.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      if (this.o['http-delay']) setTimeout(() => this.answer(req, res, body), this.o['http-delay']);
      else this.answer(req, res, body);
    });
  }

  answer(req, res, body) {
    const url = req.url.split('?')[0], now = performance.now();
    const send = (code, obj, head = {}) => {
      const s = JSON.stringify(obj);
      res.writeHead(code, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(s), ...head });
      res.end(s);
    };
    let args = {};
    try {
      args = (req.headers['content-type'] ?? '').includes('json') ? JSON.parse(body || '{}')
        : Object.fromEntries(new URLSearchParams(body || req.url.split('?')[1]));
    } catch { /* left empty */ }

    const isResponse = url.startsWith('/response/'), isFaulty = isResponse || url.startsWith('/api/chat.');
    if (isFaulty && Math.random() < this.o['http-429']) {
      this.http.refused_429++;
      return send(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '1' });
    }
    const isDropped = isFaulty && Math.random() < this.o['http-drop'];
    if (isDropped) this.http.dropped = (this.http.dropped ?? 0) + 1;
    if (isResponse) {
      const c = this.commands[Number(url.slice(10))];
      if (c) this.reply(c, 'response_url', now);
      return isDropped ? req.socket.destroy() : send(200, { ok: true });
    }
    if (!url.startsWith('/api/')) return send(404, { ok: false, error: 'not_found' });
    const method = url.slice(5);
    this.http.calls[method] = (this.http.calls[method] ?? 0) + 1;
    if (method === 'chat.postMessage' || method === 'chat.postEphemeral') this.post(args, body, now, method);
    const chan = (id, name = 'bench') => ({ id, name, is_channel: true, is_archived: false, is_member: true, created: EPOCH, creator: BOT_USER });
    const ts = () => `${EPOCH}.9${dec(++this.posted % 1e5, 5)}`;
    const simple = {
      'auth.test': () => ({ url: 'https://bench.example/', team: 'bench', user: 'bench-bot', team_id: TEAM, user_id: BOT_USER, bot_id: BOT_ID, is_enterprise_install: false }),
      'apps.connections.open': () => { this.marks.open ??= now; return { url: `${this.wsBase}/link/?ticket=${Math.random().toString(36).slice(2)}&app_id=${APP}` }; },
      'chat.postMessage': () => {
        const t = ts(), metadata = typeof args.metadata === 'string' ? JSON.parse(args.metadata) : args.metadata;
        const message = { type: 'message', user: BOT_USER, bot_id: BOT_ID, app_id: APP, team: TEAM, text: args.text ?? '', ts: t, ...(metadata ? { metadata } : {}) };
        const h = this.history.get(args.channel) ?? [];
        this.history.set(args.channel, [message, ...h].slice(0, 100));
        return { channel: args.channel, ts: t, message };
      },
      'chat.postEphemeral': () => ({ message_ts: ts() }),
      'chat.update': () => ({ channel: args.channel, ts: args.ts, text: args.text ?? '' }),
      'chat.delete': () => ({ channel: args.channel, ts: args.ts }),
      'chat.getPermalink': () => ({ channel: args.channel, permalink: `https://bench.example/archives/${args.channel}/p0` }),
      'conversations.create': () => ({ channel: chan(this.o.declare ? benchChannel(this.created++) : `C0INC${dec(++this.created, 5)}`, args.name) }),
      'conversations.open': () => ({ channel: { id: 'D0BENCH001' } }),
      'conversations.invite': () => ({ channel: chan(args.channel) }),
      'conversations.join': () => ({ channel: chan(args.channel) }),
      'conversations.info': () => ({ channel: chan(args.channel) }),
      'conversations.setTopic': () => ({ channel: { ...chan(args.channel), topic: { value: args.topic ?? '' } } }),
      'conversations.setPurpose': () => ({ purpose: args.purpose ?? '' }),
      'conversations.history': () => ({ messages: this.history.get(args.channel) ?? [], has_more: false }),
      'conversations.replies': () => ({ messages: this.history.get(args.channel) ?? [], has_more: false }),
      'conversations.list': () => ({ channels: [chan('C0BENCH000'), chan('C0BENCHNEWS', 'incidents')], response_metadata: { next_cursor: '' } }),
      'conversations.members': () => ({ members: ['U0BENCH000'], response_metadata: { next_cursor: '' } }),
      'users.info': () => ({ user: { id: args.user, team_id: TEAM, name: 'bench', real_name: 'Bench User', tz: 'UTC', is_bot: false, deleted: false, profile: { display_name: 'bench', real_name: 'Bench User', email: 'bench@example.org' } } }),
      'users.list': () => ({ members: [], response_metadata: { next_cursor: '' } }),
      'views.open': () => ({ view: { id: 'V0BENCH001', type: 'modal' } }),
      'views.update': () => ({ view: { id: 'V0BENCH001', type: 'modal' } }),
      'reactions.add': () => ({}), 'reactions.remove': () => ({}), 'pins.add': () => ({}), 'pins.remove': () => ({}),
      'bookmarks.add': () => ({ bookmark: { id: 'Bk0BENCH01' } }),
    }[method];
    if (!simple) this.http.unknown[method] = (this.http.unknown[method] ?? 0) + 1;   // answered ok, but reported
    const said = { ok: true, ...(simple ? simple() : {}) };  // done in any case: only the answer is lost
    if (isDropped) req.socket.destroy(); else send(200, said);
  }

  /** Which command does this post answer? By its token, else by its channel. */
  post(args, body, now, method) {
    const token = /bench-(\d{7})/.exec(body);
    let c = token && this.commands[Number(token[1])];
    c ||= this.commands.findLast((x) => x.channel === args.channel);
    if (token) {                                           // what bears a token is said once in a place
      const said = `${args.channel} ${args.user ?? ''} ${args.text}`;
      if (this.said.has(said)) this.http.doubled++;
      this.said.add(said);
    }
    if (c) this.reply(c, method, now); else this.http.unmatched_posts++;
  }
}

/* ---------------------------------------------------------------------- one run */

class Bot {
  constructor(o, argv, standIn, dir) { Object.assign(this, { o, argv, standIn, dir }); }

  start() {
    const fill = (s) => s.replaceAll('{dir}', this.dir).replaceAll('{url}', `${this.standIn.base}/api/`).replaceAll('{port}', this.standIn.port);
    const argv = [...(this.o.pin ? ['taskset', '-c', this.o.pin] : []), ...this.argv.map(fill)];
    const out = this.o.log ? fs.openSync(this.o.log, 'a') : 'ignore';
    this.standIn.marks = {};
    this.startedAt = performance.now();
    this.child = spawn(argv[0], argv.slice(1), { stdio: ['ignore', out, out],
      env: { ...process.env, SLACK_APP_TOKEN: 'xapp-1-A0BENCH001-1-bench', SLACK_BOT_TOKEN: 'xoxb-bench-token',
        SLACK_SIGNING_SECRET: 'bench', [this.o['url-env']]: `${this.standIn.base}/api/`, BENCH_DIR: this.dir } });
    this.exited = new Promise((r) => { this.child.on('exit', (code, sig) => r(sig ?? code)); this.child.on('error', (e) => r(String(e))); });
    this.exited.then((how) => { this.ended = how; });
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the bot did not connect in time')), this.o['start-timeout']);
      this.standIn.onConnect = () => { clearTimeout(timer); this.standIn.onConnect = null; resolve(); };
      this.exited.then((how) => { clearTimeout(timer); reject(new Error(`the bot ended while starting: ${how}`)); });
    });
  }

  sample() { return sample(this.child.pid); }

  async stop() {
    const t = performance.now();
    this.child.kill('SIGTERM');
    const forced = setTimeout(() => this.child.kill('SIGKILL'), 5000);
    const how = await this.exited;
    clearTimeout(forced);
    return { ms: performance.now() - t, how };
  }
}

/** Runs `work` and adds what it cost the bot and how busy the stand-in was. */
async function measured(bot, work) {
  const before = bot.sample(), elu = performance.eventLoopUtilization(), cpu = process.cpuUsage();
  const r = await work();
  const after = bot.sample(), mine = process.cpuUsage(cpu);
  r.cpu = { user_s: after.user_s - before.user_s, sys_s: after.sys_s - before.sys_s };
  r.cpu.total_s = r.cpu.user_s + r.cpu.sys_s;
  r.cpu.s_per_10k = r.n ? r.cpu.total_s / r.n * 1e4 : null;
  r.rss_before_mib = before.rss_mib;
  r.rss_after_mib = after.rss_mib;
  r.peak_mib = after.peak_mib;
  r.standin = { elu: performance.eventLoopUtilization(elu).utilization, cpu_s: (mine.user + mine.system) / 1e6 };
  return r;
}

async function killPhase(o, bot, s) {
  const [lo, hi] = o['kill-ms'].split('-').map(Number);
  const restarts = [], started = performance.now();
  const load = s.messages(Number.MAX_SAFE_INTEGER, o.paced ? o.rate : 0);
  const commands = o.commands ? s.slashCommands(Number.MAX_SAFE_INTEGER) : null;
  const phase = s.phase;
  for (let k = 0; k < o.kills; k++) {
    const mark = s.stats.acks, waitUntil = performance.now() + o.stall;
    while (s.stats.acks === mark && performance.now() < waitUntil) await sleep(1);
    await sleep(lo + Math.random() * ((hi || lo) - lo));
    if (bot.ended !== undefined) throw new Error(`the bot died by itself: ${bot.ended}`);
    bot.child.kill('SIGKILL');
    await bot.exited;
    for (let i = 0; i < 50 && s.sockets.size; i++) await sleep(1);    // read the acks it had written
    for (const ws of s.sockets) ws.terminate();
    const t = performance.now();
    bot.ended = undefined;
    await bot.start();
    const a = s.stats.acks;
    while (s.stats.acks === a && performance.now() - t < o.stall) await sleep(1);
    restarts.push(performance.now() - t);
  }
  phase.n = phase.sent;                                   // send no more, wait for what is out
  await load;
  s.stopCommands?.();
  return { commands: await commands, kills: o.kills, seconds: (performance.now() - started) / 1000, acked: s.stats.acks, still_unacked: s.inflight,
    restart_to_ack_ms: quantiles(restarts) };
}

function verify(o, s, dir) {
  const r = spawnSync('/bin/sh', ['-c', o.verify.replaceAll('{dir}', dir)], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const lines = r.stdout.split('\n').filter(Boolean), stored = new Set(lines), sent = new Set();
  let lost = 0, extra = 0;
  const twice = lines.length - stored.size;
  for (let i = 0; i < s.seq; i++) {
    if (o.declare && i === 0) { stored.delete(messageTs(0)); continue; }   // the probe came before any channel was opened
    sent.add(messageTs(i));
    if (s.ackedAt[i] !== undefined && !stored.has(messageTs(i))) lost++;
  }
  for (const t of stored) if (!sent.has(t)) extra++;
  return { exit: r.status, sent: s.seq, acked: s.stats.acks, rows: lines.length, lost_acked: lost,
    duplicate_rows: twice, never_sent: extra, ...(r.stderr ? { stderr: r.stderr.slice(0, 500) } : {}) };
}

/** What one durable 4 KiB write costs on this disk right now: the floor under any ack-after-commit latency. */
function diskProbe(dir) {
  const file = path.join(dir, 'probe'), fd = fs.openSync(file, 'w'), block = Buffer.alloc(4096, 'x'), ms = [];
  for (let i = 0; i < 300; i++) {
    const t = performance.now();
    fs.writeSync(fd, block, 0, 4096, (i % 64) * 4096);
    fs.fdatasyncSync(fd);
    ms.push(performance.now() - t);
  }
  fs.closeSync(fd); fs.rmSync(file);
  return quantiles(ms.slice(64));
}

/** The program beside the fixed-rate phase, started with it. */
function besideIt(o, dir) {
  return new Promise((answer, refuse) => {
    execFile(o.beside, [dir, String(o.rate), String(o.paced / o.rate)], { encoding: 'utf8' }, (error, said) => {
      const ms = /p50 ([\d.]+) p99 ([\d.]+)/.exec(said ?? '');
      if (ms) answer({ p50: Number(ms[1]), p99: Number(ms[2]) }); else refuse(error ?? new Error(`${o.beside} said ${said}`));
    });
  });
}

async function run(o, argv) {
  const dir = fs.mkdtempSync(path.join(o.tmp, 'bench-slack-'));
  const s = new StandIn(o);
  await s.listen();
  const bot = new Bot(o, argv, s, dir), out = { disk_ms: diskProbe(dir) };
  try {
    await bot.start();
    const probe = await s.messages(1);
    if (!probe.n) throw new Error('the bot did not ack the probe message');
    const since = (t) => (t === undefined ? null : t - bot.startedAt);
    out.startup_ms = { open: since(s.marks.open), websocket: since(s.marks.ws), first_ack: since(s.ackedAt[0]) };
    await sleep(o.idle);
    const c0 = bot.sample();
    await sleep(200);
    out.idle = bot.sample();
    out.idle.cpu_s_at_start = c0.user_s + c0.sys_s;
    if (o.declare) out.channels_opened = await s.declare();
    if (o.kills) out.kill = await killPhase(o, bot, s);
    else {
      if (o.warmup) await s.messages(o.warmup);
      if (o.n) out.messages = await measured(bot, () => s.messages(o.n));
      if (o.paced) {
        const disk = o.beside ? besideIt(o, dir) : undefined;
        out.paced = await measured(bot, () => s.messages(o.paced, o.rate));
        out.beside_ms = await disk;
        if (disk) out.paced.over_beside = { p99: out.paced.ack_ms.p99 / out.beside_ms.p99 };
      }
      if (o.commands) out.commands = await measured(bot, () => s.slashCommands(o.commands));
    }
    await sleep(200);
    out.end = bot.sample();
  } catch (e) { out.error = String(e.message ?? e); }
  if (bot.child && bot.ended === undefined) out.stop = await bot.stop(); else out.died = bot.ended;
  if (o.verify) out.verify = verify(o, s, dir);
  out.http = s.http; out.stats = s.stats;
  if (s.gaps.length) out.reconnect_ms = quantiles(s.gaps);
  await s.close();
  if (!o.keep) fs.rmSync(dir, { recursive: true, force: true }); else out.dir = dir;
  return out;
}

/* ------------------------------------------------------------ many runs, and the report */

/** Every number in the runs, by its path, as medians. */
function medians(runs) {
  const paths = new Map();
  const walk = (x, p) => {
    if (typeof x === 'number') paths.set(p, [...(paths.get(p) ?? []), x]);
    else if (x && typeof x === 'object' && !Array.isArray(x)) for (const k in x) walk(x[k], p ? `${p}.${k}` : k);
  };
  runs.forEach((r) => walk(r, ''));
  return Object.fromEntries([...paths].map(([p, xs]) => [p, median(xs)]));
}

const REPORT = [
  ['disk_ms.p50', 'disk fdatasync p50', 'ms'], ['disk_ms.p99', 'disk fdatasync p99', 'ms'],
  ['startup_ms.first_ack', 'start to first ack', 'ms'], ['idle.rss_mib', 'RSS idle', 'MiB'],
  ['messages.per_s', 'messages acked', '/s'], ['messages.ack_ms.p50', '  ack p50', 'ms'], ['messages.ack_ms.p99', '  ack p99', 'ms'],
  ['messages.ack_ms.max', '  ack max', 'ms'], ['messages.cpu.s_per_10k', '  CPU per 10k', 's'], ['messages.rss_after_mib', '  RSS after', 'MiB'],
  ['messages.standin.elu', '  stand-in busy', ''],
  ['paced.per_s', 'paced messages', '/s'], ['paced.ack_ms.p50', '  ack p50', 'ms'], ['paced.ack_ms.p99', '  ack p99', 'ms'], ['paced.ack_ms.max', '  ack max', 'ms'],
  ['paced.cpu.s_per_10k', '  CPU per 10k', 's'],
  ['commands.per_s', 'commands answered', '/s'], ['commands.ack_ms.p50', '  ack p50', 'ms'], ['commands.ack_ms.p99', '  ack p99', 'ms'],
  ['http.doubled', 'posted twice', ''], ['commands.reply_ms.p50', '  reply p50', 'ms'], ['commands.reply_ms.p99', '  reply p99', 'ms'], ['commands.no_reply', '  no reply', ''], ['commands.extra_posts', '  replied twice', ''],
  ['commands.cpu.s_per_10k', '  CPU per 10k', 's'],
  ['end.rss_mib', 'RSS at end', 'MiB'], ['end.peak_mib', 'RSS peak', 'MiB'], ['stop.ms', 'SIGTERM to exit', 'ms'],
  ['reconnect_ms.p50', 'reconnect p50', 'ms'], ['reconnect_ms.max', 'reconnect max', 'ms'],
  ['kill.kills', 'kills', ''], ['kill.restart_to_ack_ms.p50', '  restart to ack p50', 'ms'],
  ['kill.commands.n', '  commands', ''], ['kill.commands.acked_no_reply', '  acked, no reply', ''], ['kill.commands.extra_posts', '  replied twice', ''],
  ['verify.acked', 'acked', ''], ['verify.lost_acked', '  lost after ack', ''], ['verify.duplicate_rows', '  duplicate rows', ''],
];
const show = (x) => (x === undefined || x === null ? '-' : x >= 1000 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toPrecision(3));

async function main() {
  const o = options(), bots = [o.bot], name = (b) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[b];
  for (const v of o.vs) bots.push(v.match(/"[^"]*"|'[^']*'|\S+/g).map((w) => w.replace(/^(['"])(.*)\1$/, '$2')));
  const runs = bots.map(() => []);
  for (let i = 0; i < o.runs; i++)                         // A B C A B C ...: drift hits all alike
    for (let b = 0; b < bots.length; b++) {
      const r = await run(o, bots[b]);
      runs[b].push(r);
      console.error(`run ${i + 1}/${o.runs} ${name(b)}: ${r.error ? `FAILED: ${r.error}` : r.messages ? `${show(r.messages.per_s)} msg/s, p99 ${show(r.messages.ack_ms.p99)} ms` : 'done'}`);
    }
  const get = (r, p) => p.split('.').reduce((x, k) => x?.[k], r), med = runs.map(medians);
  const ratios = bots.map((_, b) => {                      // A / that bot, pair by pair, then the median
    const ratio = {};
    if (b) for (const [p] of REPORT) {
      const q = runs[0].map((a, i) => get(a, p) / get(runs[b][i], p)).filter(Number.isFinite);
      if (q.length) ratio[p] = median(q);
    }
    return ratio;
  });
  bots.forEach((argv, b) => console.error(`${name(b)} = ${argv.join(' ')}`));
  console.error(' '.repeat(24) + bots.map((_, b) => name(b).padStart(12) + (b ? ` A/${name(b)}`.padStart(8) : '')).join(''));
  for (const [p, what, unit] of REPORT)
    if (med.some((m) => m[p] !== undefined))
      console.error(`${what} ${unit}`.padEnd(24) + med.map((m, b) => show(m[p]).padStart(12) + (b ? show(ratios[b][p]).padStart(8) : '')).join(''));
  const { bot, ...args } = o;
  const doc = JSON.stringify({ tool: 'bench-slack 1', label: o.label, date: new Date().toISOString(), node: process.version,
    cpus: os.cpus().length, cpu: os.cpus()[0].model, options: args,
    bots: bots.map((argv, b) => ({ argv, median: med[b], ...(b ? { ratio_of_first: ratios[b] } : {}), runs: runs[b] })) }, null, 1);
  if (o.json) fs.writeFileSync(o.json, doc + '\n'); else console.log(doc);
  process.exit(runs.flat().some((r) => r.error) ? 1 : 0);
}

await main();
