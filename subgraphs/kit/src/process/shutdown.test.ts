import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, test } from 'vitest';

import { createShutdown } from './shutdown.ts';

const started: ChildProcess[] = [];

afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')));

describe('Ending a process', () => {
  test('what was opened last is closed first, each once, however often it is asked', async () => {
    const closed: string[] = [];
    const shutdown = createShutdown({ listen: false });
    shutdown.defer('database', () => closed.push('database'));
    shutdown.defer('gateway', () => closed.push('gateway'));
    expect(await Promise.all([shutdown.close(), shutdown.close(), shutdown.closed])).toEqual([[], [], []]);
    expect(closed).toEqual(['gateway', 'database']);
    expect(shutdown.signal.aborted).toBe(true);
  });

  test('a fault or a hang does not keep the rest open, and both are named', async () => {
    const closed: string[] = [];
    const faults: string[] = [];
    const shutdown = createShutdown({ listen: false, onFault: (name, cause) => faults.push(`${name}: ${String(cause)}`) });
    shutdown.defer('database', () => closed.push('database'));
    shutdown.defer('stuck', () => new Promise(() => {}), 1);
    shutdown.defer('broken', () => Promise.reject(new Error('broken')));
    expect(await shutdown.close()).toEqual(['broken', 'stuck']);
    expect(closed).toEqual(['database']);
    expect(faults).toEqual(['broken: Error: broken', 'stuck: Error: still open after 1 ms']);
  });

  test('what is opened too late is closed at once', async () => {
    const closed: string[] = [];
    const shutdown = createShutdown({ listen: false });
    await shutdown.close();
    shutdown.defer('late', () => closed.push('late'));
    await Promise.resolve();
    expect(closed).toEqual(['late']);
  });

  test('a signal may mean something else, until the end begins', async () => {
    const child = run(`
      const beat = setInterval(() => {}, 1000);
      const shutdown = createShutdown({ instead: { SIGHUP: () => console.log('anew') } });
      shutdown.defer('beat', () => { clearInterval(beat); console.log('closed'); });
      console.log('open');
    `);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('open');
    for (const signal of ['SIGHUP', 'SIGHUP', 'SIGTERM'] as const) {
      child.kill(signal);
      expect((await lines.next()).value).toBe(signal === 'SIGHUP' ? 'anew' : 'closed');
    }
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s drains and lets the loop run empty', async (signal) => {
    const child = run(`
      const beat = setInterval(() => {}, 1000);
      const shutdown = createShutdown();
      shutdown.defer('beat', () => { clearInterval(beat); console.log('closed'); });
      console.log('open');
    `);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('open');
    child.kill(signal);
    expect((await lines.next()).value).toBe('closed');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  test('a second signal within a second is the same keystroke; a later one ends the process', async () => {
    const child = run(`
      let ms = 0;
      performance.now = () => ms;
      const press = (at) => { ms = at; process.emit('SIGINT', 'SIGINT'); };
      const shutdown = createShutdown({ onForce: () => console.log('forced') });
      shutdown.defer('never', () => {
        console.log('closing');
        for (const at of [900, 1100]) press(at);
        return new Promise(() => {});
      }, 600_000);
      press(0);
    `);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect([(await lines.next()).value, (await lines.next()).value]).toEqual(['closing', 'forced']);
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  test('a signal that finds it closing already, for a fault, ends the process', async () => {
    const child = run(`
      let ms = 0;
      performance.now = () => ms;
      const shutdown = createShutdown({ onForce: () => console.log('forced') });
      shutdown.defer('never', () => {
        ms = 1100;
        process.emit('SIGTERM', 'SIGTERM');
        return new Promise(() => {});
      }, 600_000);
      void shutdown.close();
    `);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('forced');
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
  });

  test('what could not be closed does not keep the process alive', async () => {
    const child = run(`
      setInterval(() => {}, 1000);
      const shutdown = createShutdown({ lingerMs: 1, onForce: () => console.log('forced') });
      shutdown.defer('stuck', () => new Promise(() => {}), 1);
      void shutdown.close();
    `);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('forced');
    expect(await once(child, 'exit')).toEqual([null, 'SIGTERM']);
  });
});

function run(program: string) {
  const module = fileURLToPath(new URL('./shutdown.ts', import.meta.url));
  const script = `import { createShutdown } from ${JSON.stringify(module)};\n${program}`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  return child;
}
