// Makes a fresh machine ready: installs what the lock file names, Node 24 among it, when that has not been done yet.
// Plain JavaScript, because it runs on whatever Node (20 or later) a newcomer has. @see design/toolchain.md «Two commands»
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PNPM = 'pnpm@12.21.0';
const OLDEST_NODE = 20;
const clearLine = '\r\u001B[2K';

const root = fileURLToPath(new URL('..', import.meta.url));
const stampFile = join(root, 'node_modules', '.hub-installed');

process.exitCode = await main();

async function main() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE) {
    return refuse(
      `需要 Node ${OLDEST_NODE} 或更高版本，当前为 ${process.versions.node}。`,
      `Node ${OLDEST_NODE} or later is needed; this is ${process.versions.node}.`,
    );
  }
  const wanted = stamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return 0;
  console.log('正在安装依赖，首次约需半分钟…  Installing dependencies, half a minute the first time…');
  const { said, why } = await install();
  if (why !== undefined) {
    process.stderr.write(said);
    return refuse(
      `安装失败（${why}）。请确认能访问软件包镜像、磁盘有空间且本目录可写，然后重试。`,
      `The install failed (${why}). Check that the package mirror can be reached, that the disk has room and that this folder can be written; then try again.`,
    );
  }
  writeFileSync(stampFile, wanted);
  return 0;
}

/** What it said, and why it failed, when it did. */
function install() {
  const shown = showSeconds();
  const child = spawn('npx', ['-y', PNPM, 'install', '--frozen-lockfile', '--reporter=append-only'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece) => (said += piece));
  return new Promise((resolve) => {
    const end = (why) => {
      shown.end();
      resolve({ said, why });
    };
    child.once('error', (fault) => end(fault.message));
    child.once('close', (status, signal) => end(status === 0 ? undefined : `pnpm: ${status ?? signal}`));
  });
}

// In a terminal every second, in one line; elsewhere a line each five seconds.
function showSeconds() {
  const live = process.stdout.isTTY === true;
  const startedMs = Date.now();
  const show = () => {
    const seconds = `… 已用 ${Math.round((Date.now() - startedMs) / 1000)} s  elapsed`;
    process.stdout.write(live ? `${clearLine}${seconds}` : `${seconds}\n`);
  };
  const timer = setInterval(show, live ? 1000 : 5000);
  return {
    end() {
      clearInterval(timer);
      if (live) process.stdout.write(clearLine);
    },
  };
}

// The content, not the time: a checkout of an older commit also needs its own packages.
function stamp() {
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'));
  return `${PNPM} ${process.platform}-${process.arch} ${createHash('sha256').update(lock).digest('hex')}\n`;
}

function refuse(zh, en) {
  console.error(`${zh}\n${en}`);
  return 1;
}
