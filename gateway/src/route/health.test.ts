import { manualClock } from '@hub/kit/process';
import { describe, expect, test } from 'vitest';

import { Health } from './health.ts';

const options = { failures: 2, probeMs: 100, maxProbeMs: 300 };

function broken() {
  const clock = manualClock(1000);
  const health = new Health(clock, options);
  health.failed('TIMEOUT');
  clock.advance(10);
  health.failed('UNREACHABLE');
  return { clock, health };
}

describe('health of a system', () => {
  test('one failure is forgiven; the report says since when', () => {
    const clock = manualClock(1000);
    const health = new Health(clock, options);
    expect(health.failed('TIMEOUT')).toEqual({ reason: 'TIMEOUT', sinceMs: 1000, retryAfterMs: 100 });
    expect(health.admit()).toBeUndefined();
  });

  test('after failures in a row it is away at once, with the beginning of the outage', () => {
    const { health } = broken();
    expect(health.isUp).toBe(false);
    expect(health.admit()).toEqual({ reason: 'UNREACHABLE', sinceMs: 1000, retryAfterMs: 100 });
  });

  test('then one request at a time tries it', () => {
    const { clock, health } = broken();
    clock.advance(100);
    expect(health.admit()).toBeUndefined();
    expect(health.admit()).toMatchObject({ reason: 'UNREACHABLE' });
  });

  test('a failed try doubles the wait, up to the longest', () => {
    const { clock, health } = broken();
    const waits = [1, 2, 3].map(() => {
      clock.advance(1000);
      health.admit();
      return health.failed('TIMEOUT').retryAfterMs;
    });
    expect(waits).toEqual([200, 300, 300]);
  });

  test('the first answer brings it back and ends the outage', () => {
    const { clock, health } = broken();
    clock.advance(100);
    health.admit();
    health.succeeded();
    expect(health.admit()).toBeUndefined();
    clock.set(9000);
    expect(health.failed('TIMEOUT').sinceMs).toBe(9000);
  });

  test('timeouts alone do not put it away: it is asked something light, once at a time', () => {
    const health = new Health(manualClock(1000), options);
    health.failed('TIMEOUT');
    expect(health.doubted()).toBe(false);
    health.failed('TIMEOUT');
    expect([health.isUp, health.doubted(), health.doubted(), health.admit()]).toEqual([true, true, false, undefined]);
  });

  test('what answers something light is well, and its timeouts are forgotten', () => {
    const health = new Health(manualClock(1000), options);
    for (const _ of [1, 2, 3, 4]) health.failed('TIMEOUT');
    health.doubted();
    health.succeeded();
    health.failed('TIMEOUT');
    expect([health.isUp, health.doubted()]).toEqual([true, false]);
  });

  test('what does not answer something light either is away, and first for the shortest time', () => {
    const clock = manualClock(1000);
    const health = new Health(clock, options);
    for (const _ of [1, 2, 3, 4]) health.failed('TIMEOUT');
    health.doubted();
    clock.advance(50);
    expect(health.silent('TIMEOUT')).toEqual({ reason: 'TIMEOUT', sinceMs: 1000, retryAfterMs: 100 });
    expect(health.admit()).toEqual({ reason: 'TIMEOUT', sinceMs: 1000, retryAfterMs: 100 });
  });

  test('while it is away a dear try that times out does not hold it there', () => {
    const { clock, health } = broken();
    clock.advance(100);
    health.admit();
    health.failed('TIMEOUT');
    expect(health.doubted()).toBe(true);
    health.succeeded();
    expect(health.isUp).toBe(true);
  });

  test('one that answered somebody meanwhile stays up', () => {
    const health = new Health(manualClock(1000), options);
    for (const _ of [1, 2]) health.failed('TIMEOUT');
    health.doubted();
    health.succeeded();
    health.silent('TIMEOUT');
    expect(health.isUp).toBe(true);
  });

  test('a try that nobody waited for says nothing', () => {
    const { clock, health } = broken();
    clock.advance(100);
    health.admit();
    health.abandoned();
    expect(health.admit()).toBeUndefined();
  });
});
