// stored.mjs DIR: the ts of every message that the bot of this folder has stored, one a line.
import fs from 'node:fs';
import Database from 'better-sqlite3';
const dir = process.argv[2], ours = fs.existsSync(`${dir}/muster.db`);
const file = ours ? `${dir}/muster.db` : `${dir}/bot.db`;
const sql = ours ? "SELECT message AS ts FROM timeline WHERE adapter = 'slack' AND kind = 'said' AND message IS NOT NULL" : 'SELECT ts FROM messages';
let out = '';
for (const row of new Database(file, { readonly: true }).prepare(sql).iterate()) out += row.ts + '\n';
process.stdout.write(out);
